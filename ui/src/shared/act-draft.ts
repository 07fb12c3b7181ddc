import { onMounted, shallowRef, watch, type Ref } from 'vue'
import { call } from '@/ipc'
import { useDraft } from './draft'

/**
 * Keeps the act that is being typed until it is entered or given up, which both mean that `act` is null again. What was
 * kept comes back into the form, if that act `isOffered` still.
 */
export function useActDraft<Kind extends string, Typed>(
  key: () => string,
  act: Ref<Kind | null>,
  typed: Ref<Typed>,
  isOffered: (kind: Kind) => boolean,
): { flush(): Promise<void> } {
  const draft = shallowRef<{ act: Kind; typed: Typed } | null>(null)
  const { flush } = useDraft(key, draft)

  watch(
    [act, typed],
    () => {
      draft.value = act.value === null ? null : { act: act.value, typed: typed.value }
      if (act.value === null) void call('draft_discard', key()).catch(() => undefined) // it would only come back
    },
    { deep: true },
  )
  onMounted(async () => {
    const kept = await call('draft_load', key()).catch(() => null)
    if (kept === null) return
    const before = JSON.parse(kept.json) as { act: Kind; typed: Typed }
    if (!isOffered(before.act)) return
    act.value = before.act
    typed.value = { ...typed.value, ...before.typed }
  })
  return { flush }
}
