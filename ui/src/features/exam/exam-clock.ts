import { onBeforeUnmount, ref, type Ref } from 'vue'

const SAVE_EVERY_MS = 5_000
const SHOW_EVERY_MS = 250

export interface ExamClock {
  leftMs: Ref<number>
  /** Takes over what the shell says is left, and runs from there. */
  set(leftMs: number): void
  stop(): void
}

/**
 * Shows the time left. The shell measures it; between two answers of the shell the screen counts down by the
 * window's monotonic clock. `ask` keeps the time and answers what is left; `over` is called only after the shell
 * said that nothing is.
 */
export function useExamClock(ask: () => Promise<number>, over: () => void): ExamClock {
  const leftMs = ref(0)
  let known = 0
  let since = 0
  let timers: ReturnType<typeof setInterval>[] = []
  let asking = false

  function set(left: number) {
    known = left
    since = performance.now()
    leftMs.value = left
    if (timers.length === 0)
      timers = [setInterval(show, SHOW_EVERY_MS), setInterval(() => void save(), SAVE_EVERY_MS)]
  }

  function show() {
    leftMs.value = Math.max(0, known - (performance.now() - since))
    if (leftMs.value === 0) void save()
  }

  async function save() {
    if (asking) return
    asking = true
    try {
      const left = await ask()
      if (timers.length === 0) return
      if (left > 0) set(left)
      else over()
    } catch {
      // The count on the screen goes on; the next save tries again.
    } finally {
      asking = false
    }
  }

  function stop() {
    timers.forEach(clearInterval)
    timers = []
  }
  onBeforeUnmount(stop)

  return { leftMs, set, stop }
}

/** `42:07`, or `1:02:07` from an hour on. A second that has begun counts as left. */
export function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
