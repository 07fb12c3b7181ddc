import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import type { AppStatus } from '@/ipc'
import { useSession } from '@/shared/session'
import { trainingRoutes } from './training-routes'

/** The screen that stands before all others, or null when the counter is open and somebody is signed in. */
function gateOf(status: AppStatus): 'setup' | 'unlock' | 'sign-in' | null {
  if (status.stage === 'setup') return 'setup'
  const closed = status.lockedReason !== null || status.accounts.length === 0
  if (status.stage === 'locked' && closed) return 'unlock'
  return status.signedIn === null ? 'sign-in' : null
}

/** Every screen is fetched when it is first opened; the window's first paint waits for none of them. */
export function makeRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/credit' },
      { path: '/setup', name: 'setup', meta: { open: true }, component: () => import('@/views/Setup.vue') },
      {
        path: '/unlock',
        name: 'unlock',
        meta: { open: true },
        component: () => import('@/views/Unlock.vue'),
      },
      {
        path: '/restore',
        name: 'restore',
        meta: { open: true },
        component: () => import('@/views/Restore.vue'),
      },
      {
        path: '/sign-in',
        name: 'sign-in',
        meta: { open: true },
        component: () => import('@/views/SignIn.vue'),
      },
      { path: '/credit', name: 'credit', component: () => import('@/views/CreditSearch.vue') },
      { path: '/credit/enter', name: 'record-enter', component: () => import('@/views/RecordEnter.vue') },
      { path: '/credit/:id', name: 'subject', props: true, component: () => import('@/views/Subject.vue') },
      { path: '/visit', name: 'visits', component: () => import('@/views/Visits.vue') },
      { path: '/visit/continue', name: 'continue', component: () => import('@/views/Continue.vue') },
      { path: '/visit/:no', name: 'visit', props: true, component: () => import('@/views/Visit.vue') },
      { path: '/cases', name: 'cases', component: () => import('@/views/Cases.vue') },
      { path: '/cases/board', name: 'case-board', component: () => import('@/views/CaseBoard.vue') },
      { path: '/cases/handover', name: 'handover', component: () => import('@/views/Handover.vue') },
      { path: '/cases/:no', name: 'case', props: true, component: () => import('@/views/Case.vue') },
      { path: '/calls', name: 'calls', component: () => import('@/views/Calls.vue') },
      { path: '/objections', name: 'objections', component: () => import('@/views/Objections.vue') },
      {
        path: '/objections/new',
        name: 'objection-new',
        props: ({ query }) => ({ record: query['record'], subject: query['subject'], uscc: query['uscc'] }),
        component: () => import('@/views/ObjectionNew.vue'),
      },
      {
        path: '/objections/:no',
        name: 'objection',
        props: true,
        component: () => import('@/views/Objection.vue'),
      },
      { path: '/parked', name: 'parked', component: () => import('@/views/Parked.vue') },
      { path: '/imports', name: 'imports', component: () => import('@/views/Imports.vue') },
      { path: '/rules', name: 'rules', component: () => import('@/views/Rules.vue') },
      { path: '/rules/:id', name: 'rule-pack', props: true, component: () => import('@/views/RulePack.vue') },
      { path: '/settings', name: 'settings', component: () => import('@/views/Settings.vue') },
      { path: '/help', name: 'help', component: () => import('@/views/Help.vue') },
      ...trainingRoutes,
      { path: '/:rest(.*)*', redirect: '/credit' },
    ],
    scrollBehavior: () => ({ top: 0 }),
  })

  router.beforeEach(async (to) => {
    const session = useSession()
    const gate = gateOf(session.status ?? (await session.refresh()))
    // Data that are not there or do not open can be brought back before anybody can sign in.
    if (to.name === 'restore' && (gate === 'setup' || gate === 'unlock')) return true
    if (gate !== null) return to.name === gate ? true : { name: gate }
    return to.meta['open'] === true ? { name: 'credit' } : true
  })

  return router
}
