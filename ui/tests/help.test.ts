import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { makeRouter } from '@/app/router'
import { howTos } from '@/features/help/how-tos'
import { keyEntries } from '@/features/help/keys'
import { i18n, setLocale } from '@/i18n'
import { Refused, useTransport, type PackHead, type Transport } from '@/ipc'
import Help from '@/views/Help.vue'

function pack(id: string, more: Partial<PackHead>): PackHead {
  return {
    id,
    title: `${id} 的办法`,
    document: `${id} 号令`,
    effectiveFrom: '2026-04-01',
    effectiveTo: null,
    inForce: true,
    values: 10,
    doubtful: 0,
    ...more,
  }
}
const packs = [
  pack('samr-107-2025', { effectiveFrom: '2025-12-25' }),
  pack('ndrc-58-2023', { inForce: false, effectiveTo: '2026-03-31' }),
  pack('ndrc-36-2026', { effectiveTo: '2031-03-31' }),
]

async function show(answer: () => Promise<PackHead[]>) {
  const call = vi.fn(answer)
  useTransport({ call } as unknown as Transport)
  const component = { template: '<p></p>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component },
      ...['rules', ...new Set(howTos.map(({ screen }) => screen))].map((name) => ({
        path: `/${name}`,
        name,
        component,
      })),
      { path: '/rules/:id', name: 'rule-pack', component },
    ],
  })
  const help = mount(Help, {
    attachTo: document.body,
    global: { plugins: [createPinia(), i18n, router] },
  })
  await flushPromises()
  return { help, call, find: (id: string) => help.find(`[data-testid="${id}"]`) }
}

beforeEach(async () => {
  window.matchMedia = vi
    .fn()
    .mockReturnValue({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() })
  await setLocale('zh-CN')
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('帮助', () => {
  test('names no key that no screen listens to', () => {
    const root = join(import.meta.dirname, '../src')
    const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.vue'))
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n')
    const listens: Record<string, string> = {
      Esc: `useHotkey('Escape'`,
      '↑': '@keydown.up',
      '↓': '@keydown.down',
      ...Object.fromEntries(['1', '2', '3', '4'].map((key) => [key, `['1', '2', '3', '4'].indexOf`])),
    }
    const silent = keyEntries
      .flatMap(({ keys }) => keys)
      .filter((key) => !source.includes(listens[key] ?? `useHotkey('${key}'`))
    expect(silent).toEqual([])
  })

  test('leads only to screens there are', () => {
    const router = makeRouter()
    expect(router.hasRoute('help')).toBe(true)
    expect(howTos.filter(({ screen }) => !router.hasRoute(screen))).toEqual([])
  })

  test.each(['zh-CN', 'en'] as const)('has a word for everything, in %s', async (language) => {
    await setLocale(language)
    const { help, find } = await show(() => Promise.resolve(packs))
    expect(help.text()).not.toMatch(/\bhelp\.\w/)
    for (const { name, sentences } of howTos) {
      expect(sentences).toBeGreaterThanOrEqual(2)
      expect(find(`help-how-${name}`).findAll('li')).toHaveLength(sentences)
      // No sentence is left behind unseen.
      expect(i18n.global.te(`help.${name}_${sentences + 1}`)).toBe(false)
    }
    help.unmount()
  })

  test('says of each rule in force its document, its days and where its values stand', async () => {
    const { help, find } = await show(() => Promise.resolve(packs))
    const rules = find('help-rules')
      .findAll('li')
      .map((row) => row.text())
    expect(rules).toHaveLength(2)
    expect(rules[0]).toBe('ndrc-36-2026 的办法ndrc-36-2026 号令2026-04-01 至 2031-03-31')
    expect(rules[1]).toContain('2025-12-25 起')
    expect(find('help-rule-ndrc-36-2026').attributes('href')).toBe('/rules/ndrc-36-2026')
    help.unmount()
  })

  test('can ask for the rules again; the rest stands there meanwhile', async () => {
    const answers = [() => Promise.reject(new Refused('other')), () => Promise.resolve(packs)]
    const { help, find } = await show(() => answers.shift()!())
    expect(find('help-keys').exists()).toBe(true)
    expect(find('help-rule-ndrc-36-2026').exists()).toBe(false)
    await find('help-rules').get('button').trigger('click')
    await flushPromises()
    expect(find('help-rule-ndrc-36-2026').exists()).toBe(true)
    help.unmount()
  })

  test.each(['zh-CN', 'en'] as const)(
    'is free of faults that axe can see without pixels, in %s',
    async (language) => {
      await setLocale(language)
      for (const list of [packs, []]) {
        const { help } = await show(() => Promise.resolve(list))
        const found = await axe.run(help.element, { rules: { 'color-contrast': { enabled: false } } })
        expect(found.violations.map((one) => one.id)).toEqual([])
        help.unmount()
      }
    },
    60_000,
  )
})
