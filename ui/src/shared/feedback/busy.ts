import { ref, type Ref } from 'vue'
import { announceRefusal } from './refusal'

export interface Busy {
  /** Whether something runs. */
  busy: Ref<boolean>
  /** Does `work` unless something runs already; a refusal is announced, or told by `refused`. */
  run: (work: () => Promise<unknown>, refused?: (thrown: unknown) => void) => Promise<void>
}

/** One thing at a time: a second press of a button does nothing while the first is at work. */
export function useBusy(): Busy {
  const busy = ref(false)
  async function run(work: () => Promise<unknown>, refused: (thrown: unknown) => void = announceRefusal) {
    if (busy.value) return
    busy.value = true
    try {
      await work()
    } catch (thrown) {
      refused(thrown)
    } finally {
      busy.value = false
    }
  }
  return { busy, run }
}
