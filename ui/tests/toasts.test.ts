// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../src/i18n'
import { announce, announcements } from '../src/shared/feedback/announce'
import Toasts from '../src/shared/ui/Toasts.vue'

/** jsdom's window is 768 px high. */
const FOOT = new DOMRect(800, 632, 400, 40)
const HEAD = new DOMRect(800, 70, 400, 40)
const EMPTY = new DOMRect(1200, 672, 0, 0)
const UNDER_IT = new DOMRect(900, 640, 80, 24)
const ELSEWHERE = new DOMRect(100, 300, 80, 24)

/** The window lays the region out at its foot, at its head once it stepped aside. */
function windowWith(link: DOMRect) {
  const toasts = mount(Toasts, { global: { plugins: [i18n] }, attachTo: document.body })
  const region = toasts.get<HTMLElement>('.toasts')
  vi.spyOn(region.element, 'getBoundingClientRect').mockImplementation(() =>
    announcements.value.length === 0 ? EMPTY : region.classes('aside') ? HEAD : FOOT,
  )
  const button = document.body.appendChild(document.createElement('button'))
  vi.spyOn(button, 'getBoundingClientRect').mockReturnValue(link)
  return { region, button, close: () => toasts.unmount() }
}

beforeEach(() => {
  announcements.value = []
})
afterEach(() => {
  document.body.innerHTML = ''
})

test('a toast never lies over what has the focus, whichever of both came first', async () => {
  const { region, button, close } = windowWith(UNDER_IT)
  announce('已保存')
  await nextTick()
  button.focus()
  await vi.waitFor(() => expect(region.classes('aside')).toBe(true))

  announcements.value = []
  await vi.waitFor(() => expect(region.classes('aside')).toBe(false))
  announce('已送达')
  await vi.waitFor(() => expect(region.classes('aside')).toBe(true))
  close()
})

test('a toast stays where it is while focus is elsewhere, and when its own button is reached', async () => {
  const { region, button, close } = windowWith(ELSEWHERE)
  announce('已保存')
  await nextTick()
  button.focus()
  region.get<HTMLElement>('[data-testid=toast-close]').element.focus()
  await nextTick()
  expect(region.classes('aside')).toBe(false)
  close()
})

test('a toast goes back to its place once the focus has gone on', async () => {
  const { region, button, close } = windowWith(UNDER_IT)
  announce('已保存')
  await nextTick()
  button.focus()
  await vi.waitFor(() => expect(region.classes('aside')).toBe(true))
  const screen = document.body.appendChild(document.createElement('main'))
  screen.tabIndex = -1
  vi.spyOn(screen, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 1280, 768))
  screen.focus()
  await vi.waitFor(() => expect(region.classes('aside')).toBe(false))
  close()
})
