import { useDebounceFn } from '@vueuse/core'
import { ref, watch, type Ref } from 'vue'
import type { Material, MaterialMark } from '@/ipc'
import { announceRefusal } from '@/shared/feedback/refusal'
import { lacksReason } from './material'

const PAUSE_MS = 900

/**
 * Marks on a checklist, each entered as a change once it is settled: at once for a choice, after a pause for words. What was
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

  async function enter() {
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
  const soon = useDebounceFn(enter, PAUSE_MS)

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
