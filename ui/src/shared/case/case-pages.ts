import { useDebounceFn } from '@vueuse/core'
import { computed, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import { call, type CasePage, type CaseRow, type CaseState } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'

/** As many as a screen shows before anybody scrolls, and some more. */
const FIRST = 20
const MORE = 200
/** So long nobody types before it is asked. */
const PAUSE_MS = 150

export interface CasePages {
  /** The cases asked for so far; `null` until the first are there. */
  rows: ComputedRef<CaseRow[] | null>
  /** Why they could not be had. */
  problem: Ref<string | null>
  /** How many cases the text finds in `states`; in any when empty. */
  counted: (states: CaseState[]) => number
  /** How many the next part has; 0 when all are there. */
  next: ComputedRef<number>
  /** Asks anew, as happens by itself when other cases are wanted. */
  load: () => Promise<void>
  /** Asks for the next part. */
  more: () => Promise<void>
}

/** The cases in `states` with `text` in them, in parts: a long list stands there as soon as a short one. */
export function useCasePages(states: MaybeRefOrGetter<CaseState[]>, text: Ref<string>): CasePages {
  const page = ref<CasePage | null>(null)
  const problem = ref<string | null>(null)
  let asked = 0

  /** Only the latest question is answered, however long the ones before it take. */
  async function ask(before: CaseRow[], limit: number) {
    const mine = ++asked
    problem.value = null
    try {
      const wanted = { states: toValue(states), text: text.value }
      const found = await call('case_page', { ...wanted, after: before.length, limit })
      if (mine !== asked) return
      // A case received meanwhile has moved the others on.
      const known = new Set(before.map(({ no }) => no))
      page.value = { ...found, rows: [...before, ...found.rows.filter(({ no }) => !known.has(no))] }
    } catch (thrown) {
      if (mine === asked) problem.value = sentenceFor(thrown)
    }
  }

  const load = () => ask([], FIRST)
  void load()
  watch(() => toValue(states), load)
  watch(text, useDebounceFn(load, PAUSE_MS))

  function counted(among: CaseState[]): number {
    const counts = page.value?.counts ?? []
    const here = counts.filter((count) => among.length === 0 || among.includes(count.state))
    return here.reduce((sum, { cases }) => sum + cases, 0)
  }

  const rows = computed(() => page.value?.rows ?? null)
  const next = computed(() => Math.min(MORE, counted(toValue(states)) - (rows.value?.length ?? 0)))
  return {
    rows,
    problem,
    counted,
    next,
    load,
    more: () => ask(rows.value ?? [], MORE),
  }
}
