import { flushPromises, mount } from '@vue/test-utils'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import CommandPalette from '@/features/palette/CommandPalette.vue'
import { i18n, setLocale } from '@/i18n'
import { useTransport, type Transport } from '@/ipc'
import { locale, textSize, theme } from '@/shared/appearance'

const SCREENS = [
  'visits',
  'continue',
  'case-board',
  'cases',
  'handover',
  'parked',
  'credit',
  'record-enter',
  'training',
  'verify',
  'imports',
  'rules',
  'settings',
  'help',
]

async function show(screens = SCREENS) {
  const call = vi.fn((...asked: unknown[]) => Promise.resolve(asked[0] === 'app_sign_out' ? {} : null))
  useTransport({ call } as unknown as Transport)
  const component = { template: '<p></p>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['start', ...screens, 'sign-in'].map((name) => ({ path: `/${name}`, name, component })),
  })
  await router.push('/start')
  const field = document.body.appendChild(document.createElement('input'))
  field.focus()
  const palette = mount(CommandPalette, {
    attachTo: document.body,
    global: { plugins: [createPinia(), i18n, router] },
  })
  const find = (id: string) => palette.find(`[data-testid="${id}"]`)
  const rows = () => palette.findAll('[role=option]').map((row) => row.attributes('data-testid')?.slice(12))
  const type = (text: string) => find('palette-input').setValue(text)
  const press = async (key: string) => {
    await find('palette-input').trigger('keydown', { key })
    await flushPromises()
  }
  return { palette, call, router, field, find, rows, type, press }
}

async function ctrl(key: string, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true, ...more })
  document.activeElement?.dispatchEvent(event)
  await flushPromises()
  return event
}

beforeEach(async () => {
  Element.prototype.scrollIntoView = vi.fn()
  // Dialogs are the browser's own.
  HTMLDialogElement.prototype.showModal = function () {
    this.setAttribute('open', '')
  }
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute('open')
  }
  theme.value = 'light'
  textSize.value = '100'
  locale.value = 'zh-CN'
  await setLocale('zh-CN')
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('命令面板', () => {
  test('opens by Ctrl+P alone, also while somebody types, and offers every screen', async () => {
    const { palette, find, rows } = await show()
    await ctrl('k')
    expect(find('palette').exists()).toBe(false)
    // The window's own print dialog stays shut.
    expect((await ctrl('p')).defaultPrevented).toBe(true)
    expect(document.activeElement).toBe(find('palette-input').element)
    expect(rows().slice(0, SCREENS.length)).toEqual(SCREENS)
    expect(rows()).toContain('sign-out')
    expect(find('palette-row-visits').text()).toBe('窗口收件F2')
    palette.unmount()
  })

  test('offers no screen that is not there', async () => {
    const { palette, rows } = await show(['visits', 'help'])
    await ctrl('p')
    expect(rows().slice(0, 3)).toEqual(['visits', 'help', 'theme-light'])
    palette.unmount()
  })

  test.each([
    ['手工', 'record-enter'],
    ['看板', 'case-board'],
    ['smxb', 'continue'],
    ['CKSJ', 'visits'],
    // As an input method writes it while it composes.
    ["j'j", 'handover'],
    ['sj', 'imports'],
    ['handover', 'handover'],
    ['Limits', 'case-board'],
    ['dark', 'theme-dark'],
    ['字号 115', 'size-115'],
    ['退出', 'sign-out'],
  ])('takes %s for %s', async (typed, meant) => {
    const { palette, rows, type } = await show()
    await ctrl('p')
    await type(typed)
    expect(rows()[0]).toBe(meant)
    palette.unmount()
  })

  test('in English knows the Chinese names too', async () => {
    await setLocale('en')
    const { palette, find, rows, type } = await show()
    await ctrl('p')
    await type('交接')
    expect(rows()).toEqual(['handover'])
    expect(find('palette-row-handover').text()).toBe('Handover')
    palette.unmount()
  })

  test('goes by arrow and Enter, round the end, and gives the focus back', async () => {
    const { palette, router, field, find, rows, press } = await show()
    await ctrl('p')
    const active = () => find('palette-input').attributes('aria-activedescendant')
    expect(active()).toBe(find('palette-row-visits').attributes('id'))
    await press('ArrowUp')
    expect(active()).toBe(find(`palette-row-${rows().at(-1)}`).attributes('id'))
    await press('ArrowDown')
    await press('ArrowDown')
    expect(palette.get('[aria-selected=true]').attributes('data-testid')).toBe('palette-row-continue')
    await press('Enter')
    expect(router.currentRoute.value.name).toBe('continue')
    expect(find('palette').exists()).toBe(false)
    expect(document.activeElement).toBe(field)
    palette.unmount()
  })

  test.each(['Escape', 'Ctrl+P'])('%s closes it, and nothing has happened', async (key) => {
    const { palette, router, field, find, press } = await show()
    await ctrl('p')
    if (key === 'Escape') await press('Escape')
    else await ctrl('p')
    expect(find('palette').exists()).toBe(false)
    expect(document.activeElement).toBe(field)
    expect(router.currentRoute.value.name).toBe('start')
    palette.unmount()
  })

  test('leaves Enter to the input method while it composes', async () => {
    const { palette, find } = await show()
    await ctrl('p')
    await find('palette-input').trigger('keydown', { key: 'Enter', isComposing: true })
    expect(find('palette').exists()).toBe(true)
    palette.unmount()
  })

  test('says what to type where nothing is meant, and Enter does nothing', async () => {
    const { palette, find, rows, type, press } = await show()
    await ctrl('p')
    await type('天气')
    expect(rows()).toEqual([])
    expect(find('palette-empty').text()).toContain('拼音首字母')
    expect(find('palette-input').attributes('aria-expanded')).toBe('false')
    expect(find('palette-input').attributes('aria-activedescendant')).toBeUndefined()
    await press('Enter')
    expect(find('palette').exists()).toBe(true)
    palette.unmount()
  })

  test('changes how the window looks, and says how it is now', async () => {
    const { palette, find } = await show()
    await ctrl('p')
    expect(find('palette-row-theme-light').text()).toContain('当前')
    expect(find('palette-row-theme-dark').text()).not.toContain('当前')
    await find('palette-row-theme-dark').trigger('click')
    await ctrl('p')
    await find('palette-row-size-130').trigger('click')
    await ctrl('p')
    await find('palette-row-language-en').trigger('click')
    expect([theme.value, textSize.value, locale.value]).toEqual(['dark', '130', 'en'])
    palette.unmount()
  })

  test('signs out to the sign-in', async () => {
    const { palette, call, router, type, press } = await show()
    await ctrl('p')
    await type('tcdl')
    await press('Enter')
    expect(call).toHaveBeenCalledWith('app_sign_out')
    expect(router.currentRoute.value.name).toBe('sign-in')
    palette.unmount()
  })

  test.each(['zh-CN', 'en'] as const)(
    'is free of faults that axe can see without pixels, in %s',
    async (language) => {
      await setLocale(language)
      const { palette, find, type } = await show()
      await ctrl('p')
      for (const typed of ['', '交接', '天气']) {
        await type(typed)
        const found = await axe.run(find('palette').element, {
          rules: { 'color-contrast': { enabled: false } },
        })
        expect(found.violations.map((one) => one.id)).toEqual([])
      }
      palette.unmount()
    },
    60_000,
  )
})
