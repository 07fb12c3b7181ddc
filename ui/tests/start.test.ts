// @vitest-environment jsdom
import { expect, test, vi } from 'vitest'
import { Refused, type Transport } from '@/ipc'
import { start } from '@/app/start'

test('where the first look at the data fails, the window says so and offers another', async () => {
  document.body.innerHTML = '<div id="app"></div>'
  window.matchMedia = vi.fn(() => ({ matches: false, addEventListener: vi.fn() })) as never
  let asked = 0
  const refuse = () => {
    asked += 1
    return Promise.reject(new Refused('damaged'))
  }
  start({ call: refuse, listen: () => () => undefined } as unknown as Transport)
  await vi.waitFor(() => expect(document.body.textContent).toContain('数据已损坏'))
  const before = asked
  document.querySelector<HTMLElement>('[data-testid=problem-retry]')?.click()
  await vi.waitFor(() => expect(asked).toBeGreaterThan(before))
})

test('while the keyring is waited for, the window says what it waits for and what then', async () => {
  document.body.innerHTML = '<div id="app"></div>'
  window.matchMedia = vi.fn(() => ({ matches: false, addEventListener: vi.fn() })) as never
  vi.useFakeTimers()
  try {
    start({ call: () => new Promise(() => undefined), listen: () => () => undefined } as unknown as Transport)
    await vi.advanceTimersByTimeAsync(10)
    const says = () => document.querySelector('[data-testid=opening]')?.textContent
    expect(says()).toContain('正在打开本机的数据')
    await vi.advanceTimersByTimeAsync(3000)
    expect(says()).toContain('恢复词')
  } finally {
    vi.useRealTimers()
  }
})
