import { useDebounceFn } from '@vueuse/core'
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import type { Material, MaterialMark } from '@/ipc'
import { announceRefusal } from '@/shared/feedback/refusal'
import { lacksReason } from './material'

const PAUSE_MS = 900

/**
 * Marks on a checklist, each entered as a change once it has stood for a moment, or when the screen goes away. What was
 * entered stays in its place until the list itself says so, or a row would fall back for a moment.
 */
export function useMarks(
  materials: () => Material[],
  enterOne: (code: string, mark: MaterialMark) => Promise<unknown>,
  entered: () => void,
) {
  const pending = ref<Record<string, MaterialMark>>({})
  const sent = new Map<string, MaterialMark>()
  const savedAt: Ref<number | null> = ref(null)
  const saving = ref(false)
  const failed = ref(false)

  async function enterSettled() {
    const settled = Object.entries(pending.value).filter(
      ([code, mark]) => !lacksReason(mark) && sent.get(code) !== mark,
    )
    if (settled.length === 0) return
    saving.value = true
    try {
      for (const [code, mark] of settled) {
        await enterOne(code, mark)
        sent.set(code, mark)
      }
      savedAt.value = Date.now()
      failed.value = false
      entered()
    } catch (thrown) {
      failed.value = true
      announceRefusal(thrown)
    } finally {
      saving.value = false
    }
  }
  /** One after another: what an earlier one entered is not entered again. */
  let before = Promise.resolve()
  const enter = () => (before = before.then(enterSettled))
  const soon = useDebounceFn(enter, PAUSE_MS)
  onBeforeUnmount(() => void enter())

  watch(materials, () => {
    for (const [code, mark] of sent) if (pending.value[code] === mark) delete pending.value[code]
    sent.clear()
  })

  function mark(material: Material, to: MaterialMark) {
    pending.value[material.code] = to
    void soon()
  }
  const markOf = (material: Material) => pending.value[material.code] ?? material.mark

  return { mark, markOf, savedAt, saving, failed }
}
