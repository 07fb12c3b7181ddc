import { ref, type Ref } from 'vue'
import { sentenceFor } from '@/shared/feedback/refusal'

export interface Loaded<T> {
  /** What was asked for; `null` until it is there. */
  value: Ref<T | null>
  /** Why it could not be had. */
  problem: Ref<string | null>
  load: () => Promise<void>
}

/** What a screen shows: asked for when it opens, and whenever `load` is called. `missing` says that there is none. */
export function useLoaded<T>(ask: () => Promise<T | null>, missing?: () => string): Loaded<T> {
  const value = ref(null) as Ref<T | null>
  const problem = ref<string | null>(null)

  async function load() {
    problem.value = null
    try {
      value.value = await ask()
      if (value.value === null && missing) problem.value = missing()
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  }
  void load()
  return { value, problem, load }
}
