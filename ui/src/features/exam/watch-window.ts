import { useEventListener } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { call, type IncidentKind } from '@/ipc'

/** The window may lose the focus for a moment while the system makes it full screen; that is not the trainee. */
const SETTLES_MS = 1_000

export interface WindowWatch {
  /** The window was full screen and is not any more. */
  leftFullScreen: Ref<boolean>
  fill(): Promise<void>
  release(): Promise<void>
}

/**
 * Watches whether the trainee stays in the window while the exam runs. Going away is one incident, however many
 * events tell of it.
 */
export function useWindowWatch(running: () => boolean, report: (kind: IncidentKind) => void): WindowWatch {
  const leftFullScreen = ref(false)
  let away = false
  let full = false
  let settling = false

  function left() {
    if (!running() || away || settling) return
    away = true
    report('focus_lost')
  }
  function back() {
    if (!document.hidden) away = false
  }
  useEventListener(window, 'blur', left)
  useEventListener(window, 'focus', back)
  useEventListener(document, 'visibilitychange', () => (document.hidden ? left() : back()))

  /** The system changes the size some time after it was asked to, so the size tells, not the answer. */
  async function look() {
    if (!running()) return
    const now = await fullScreen(null)
    if (full && !now) report('left_full_screen')
    leftFullScreen.value = (full || leftFullScreen.value) && !now
    full = now
  }
  useEventListener(window, 'resize', () => void look())

  async function fill() {
    settling = true
    setTimeout(() => {
      settling = false
      if (document.hidden || !document.hasFocus()) left()
    }, SETTLES_MS)
    full = (await fullScreen(true)) || full
    leftFullScreen.value = false
  }

  async function release() {
    full = false
    leftFullScreen.value = false
    await fullScreen(false)
  }

  return { leftFullScreen, fill, release }
}

/** Where there is no full screen to be had, the exam is held without. */
async function fullScreen(on: boolean | null): Promise<boolean> {
  try {
    return await call('window_full_screen', on)
  } catch {
    return false
  }
}
