import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { useSession } from '@/shared/session'

/** Every screen is fetched when it is first opened; the window's first paint waits for none of them. */
export function makeRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/credit' },
      { path: '/setup', name: 'setup', meta: { open: true }, component: () => import('@/views/Setup.vue') },
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
      { path: '/visit/:no', name: 'visit', props: true, component: () => import('@/views/Visit.vue') },
      { path: '/cases', name: 'cases', component: () => import('@/views/NotYet.vue') },
      { path: '/cases/:no', name: 'case', component: () => import('@/views/NotYet.vue') },
      { path: '/:rest(.*)*', redirect: '/credit' },
    ],
    scrollBehavior: () => ({ top: 0 }),
  })

  router.beforeEach(async (to) => {
    const session = useSession()
    const stage = (session.status ?? (await session.refresh())).stage
    if (stage === 'setup') return to.name === 'setup' ? true : { name: 'setup' }
    if (stage === 'locked') return to.name === 'sign-in' ? true : { name: 'sign-in' }
    return to.meta['open'] === true ? { name: 'credit' } : true
  })

  return router
}
