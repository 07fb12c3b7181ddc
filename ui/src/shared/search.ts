import { refThrottled } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { call, type SearchAnswer, type SubjectHit } from '@/ipc'
import { sentenceFor } from './feedback/refusal'

/** The first letter is searched for at once, what follows at most this often. */
const PAUSE_MS = 60

export interface SubjectSearch {
  text: Ref<string>
  answer: Ref<SearchAnswer | null>
  searching: Ref<boolean>
  problem: Ref<string | null>
  hits: ComputedRef<SubjectHit[]>
  /** Whether the list of hits is wanted, and whether it is seen. */
  open: Ref<boolean>
  shown: ComputedRef<boolean>
  /** The hit that Enter takes. */
  at: Ref<number>
  step: (by: number) => void
}

/** Searches while the text is typed; an answer that a later one has overtaken is dropped. */
export function useSubjectSearch(limit: number): SubjectSearch {
  const text = ref('')
  const asking = refThrottled(text, PAUSE_MS)
  const answer = ref<SearchAnswer | null>(null)
  const searching = ref(false)
  const problem = ref<string | null>(null)
  let asked = 0

  watch(text, (now) => (searching.value = now.trim() !== ''))
  watch(asking, async (now) => {
    const mine = ++asked
    const wanted = now.trim()
    if (wanted === '') {
      answer.value = null
      searching.value = false
      return
    }
    try {
      const found = await call('subject_search', wanted, limit)
      if (mine === asked) {
        answer.value = found
        problem.value = null
      }
    } catch (thrown) {
      if (mine === asked) problem.value = sentenceFor(thrown)
    } finally {
      if (mine === asked) searching.value = false
    }
  })

  const hits = computed(() => answer.value?.hits ?? [])
  const open = ref(false)
  const shown = computed(() => open.value && text.value.trim() !== '')
  const at = ref(0)
  watch(hits, () => (at.value = 0))

  function step(by: number) {
    open.value = true
    const n = hits.value.length
    if (n > 0) at.value = (at.value + by + n) % n
  }

  return { text, answer, searching, problem, hits, open, shown, at, step }
}
