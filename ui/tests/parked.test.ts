import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n, setLocale } from '@/i18n'
import { useTransport, type AppStatus, type ParkedChange, type ParkedList, type Transport } from '@/ipc'
import { useSession } from '@/shared/session'
import Parked from '@/views/Parked.vue'

const LIFE = '3f2a9c11'.repeat(4)

function parked(seq: number, kind: string, more: Partial<ParkedChange>): ParkedChange {
  return {
    id: `${LIFE}.${seq}`,
    laneKind: 'case',
    laneId: 'YX-W03-2026-000119',
    about: '某公司',
    kind,
    on: null,
    detail: '',
    actor: '陈晓岚',
    madeAt: 1_795_485_600_000,
    counter: 'W03',
    incarnation: LIFE,
    since: 1_795_489_200_000,
    why: { verdict: 'waiting', reason: 'claim', behind: null },
    canAmend: true,
    ...more,
  }
}

const refused = parked(41, 'case_withdrawn', {
  on: '2026-11-23',
  why: { verdict: 'refused', code: 'wrong_state', detail: 'declined' },
})
const open = [
  refused,
  parked(42, 'case_document_issued', {
    why: { verdict: 'waiting', reason: 'earlier_change', behind: 'case_withdrawn' },
  }),
  parked(43, 'visit_opened', { laneKind: 'visit', laneId: 'YX-W03-2026-V000021' }),
  parked(44, 'certificate_issued', {
    laneKind: 'certificate',
    why: { verdict: 'waiting', reason: 'newer_hub', behind: null },
    canAmend: false,
  }),
]

async function show(list: ParkedList) {
  const call = vi.fn((...asked: unknown[]) => Promise.resolve(asked[0] === 'parked_list' ? list : null))
  useTransport({ call } as unknown as Transport)
  const blank = { template: '<p></p>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: blank },
      { path: '/cases/:no', name: 'case', component: blank },
      { path: '/visit/:no', name: 'visit', component: blank },
      { path: '/training/:no', name: 'training-class', component: blank },
    ],
  })
  const pinia = createPinia()
  useSession(pinia).status = { today: '2026-11-28' } as AppStatus
  const view = mount(Parked, {
    attachTo: document.body,
    global: { plugins: [pinia, i18n, router] },
  })
  await flushPromises()
  return { view, call, find: (id: string) => view.find(`[data-testid="${id}"]`) }
}

beforeEach(async () => {
  document.body.innerHTML = ''
  window.matchMedia = vi
    .fn()
    .mockReturnValue({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() })
  // Dialogs are the browser's own.
  HTMLDialogElement.prototype.showModal = function () {
    this.setAttribute('open', '')
  }
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute('open')
  }
  await setLocale('zh-CN')
})

describe('待处理', () => {
  test('says of each entry why it stands there, and whom to ask', async () => {
    const { view } = await show({ open, settled: [] })
    const why = view.findAll('[data-testid="parked-why"]').map((one) => one.text())
    expect(why[0]).toBe('办件已经到了别的状态，不能这样登记：认定单位不予受理')
    expect(why[1]).toContain('申请人撤回')
    const asked = view.findAll('[data-testid="parked-ask"]').map((one) => one.text())
    expect(asked).toHaveLength(2)
    expect(asked[0]).toContain('W03')
    expect(asked[0]).toContain(LIFE)
    // What the platform cannot read is not done again.
    expect(view.findAll('[data-testid="parked-amend"]')).toHaveLength(3)
    expect(view.findAll('[data-testid="parked-withdraw"]')).toHaveLength(4)
    view.unmount()
  })

  test('asks once, and for a reason, before anything is given up', async () => {
    const { view, call, find } = await show({ open, settled: [] })
    await find('parked-withdraw').trigger('click')
    await find('confirm-act').trigger('click')
    expect(view.text()).toContain('请填写不再办理的理由')
    await find('parked-reason').setValue(' 已不予受理 ')
    await find('confirm-act').trigger('click')
    await flushPromises()
    expect(call).toHaveBeenCalledWith('parked_withdraw', refused.id, '已不予受理')
    view.unmount()
  })

  test.each([
    ['2026-11-23', null],
    ['2026-11-24', '2026-11-24'],
    ['2026-12-01', undefined],
  ])('does an act again on the day %s: %s', async (typed, sent) => {
    const { view, call, find } = await show({ open, settled: [] })
    await find('parked-amend').trigger('click')
    await view.find('#parked-on').setValue(typed)
    await find('confirm-act').trigger('click')
    await flushPromises()
    const asked = call.mock.calls.filter(([command]) => command === 'parked_amend')
    expect(asked).toEqual(sent === undefined ? [] : [['parked_amend', refused.id, sent]])
    expect(view.text().includes('日期不对')).toBe(sent === undefined)
    view.unmount()
  })

  test.each(['zh-CN', 'en'] as const)(
    'is free of faults that axe can see without pixels, in %s',
    async (locale) => {
      await setLocale(locale)
      const settled = [
        {
          parked: refused,
          way: 'withdrawn' as const,
          reason: '重复',
          by: '陈晓岚',
          at: 1_795_489_300_000,
          taken: true,
        },
      ]
      for (const list of [
        { open, settled },
        { open: [], settled: [] },
      ]) {
        const { view, find } = await show(list)
        const found = await axe.run(view.element, { rules: { 'color-contrast': { enabled: false } } })
        expect(found.violations.map((one) => one.id)).toEqual([])
        await find('parked-settled').trigger('click')
        const after = await axe.run(view.element, { rules: { 'color-contrast': { enabled: false } } })
        expect(after.violations.map((one) => one.id)).toEqual([])
        view.unmount()
      }
    },
  )

  test('arrow keys go from entry to entry', async () => {
    const { view } = await show({ open, settled: [] })
    const entries = view.findAll('[data-testid="parked-entry"]')
    const first = entries[0]!.find('a')
    ;(first.element as HTMLElement).focus()
    await first.trigger('keydown', { key: 'ArrowDown' })
    expect(entries[1]!.element.contains(document.activeElement)).toBe(true)
    view.unmount()
  }, 60_000)
})
