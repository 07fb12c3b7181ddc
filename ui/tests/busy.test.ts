import { expect, test, vi } from 'vitest'
import { useBusy } from '@/shared/feedback/busy'

test('a second press does nothing while the first is at work, and a refusal frees it', async () => {
  const { busy, run } = useBusy()
  let finish = () => {}
  const first = vi.fn(() => new Promise<void>((done) => (finish = done)))
  const second = vi.fn(() => Promise.resolve())
  const running = run(first)
  await run(second)
  expect(busy.value).toBe(true)
  expect(second).not.toHaveBeenCalled()
  finish()
  await running
  const refused = vi.fn()
  await run(() => Promise.reject(new Error('no')), refused)
  expect(refused).toHaveBeenCalledOnce()
  expect(busy.value).toBe(false)
})
