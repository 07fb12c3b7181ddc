import { ref, type Ref } from 'vue'
import { call, Refused, type StickProgress } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'

/** A file that is written to a stick or read from it. */
export interface Stick<T> {
  path: Ref<string>
  running: Ref<boolean>
  stopping: Ref<boolean>
  stopped: Ref<boolean>
  progress: Ref<StickProgress>
  problem: Ref<string | null>
  result: Ref<T | null>
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** One file that is written to a stick or read from it: how far it is, what came of it, and the way to stop it. */
export function useStick<T>(
  carry: (path: string, told: (progress: StickProgress) => void) => Promise<T>,
  needPath: () => string,
): Stick<T> {
  const path = ref('')
  const running = ref(false)
  const stopping = ref(false)
  const stopped = ref(false)
  const progress = ref<StickProgress>({ done: 0, of: 0 })
  const problem = ref<string | null>(null)
  const result: Ref<T | null> = ref(null)

  async function start() {
    if (running.value) return
    result.value = null
    stopped.value = false
    problem.value = path.value.trim() === '' ? needPath() : null
    if (problem.value !== null) return
    running.value = true
    progress.value = { done: 0, of: 0 }
    try {
      result.value = await carry(path.value.trim(), (told) => (progress.value = told))
    } catch (thrown) {
      if (Refused.from(thrown).code === 'stick_stopped') stopped.value = true
      else problem.value = sentenceFor(thrown)
    } finally {
      running.value = stopping.value = false
    }
  }

  async function stop() {
    stopping.value = true
    try {
      await call('stick_stop')
    } catch (thrown) {
      stopping.value = false
      problem.value = sentenceFor(thrown)
    }
  }

  return { path, running, stopping, stopped, progress, problem, result, start, stop }
}
