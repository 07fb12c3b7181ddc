import { useDebounceFn } from '@vueuse/core'
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { call } from '@/ipc'

const PAUSE_MS = 400

export interface DraftKeeper {
  savedAt: Ref<number | null>
  saving: Ref<boolean>
  failed: Ref<boolean>
  /** Keeps what has not been kept yet; resolves when it is on the disk. */
  flush(): Promise<void>
  /** Keeps nothing from now on. */
  stop(): void
  /** Keeps again. */
  start(): void
}

/** Keeps what is typed, shortly after each change and before the screen goes away. */
export function useDraft<T>(key: () => string, typed: Ref<T | null>): DraftKeeper {
  const savedAt = ref<number | null>(null)
  const saving = ref(false)
  const failed = ref(false)
  let kept = ''
  let stopped = false

  async function flush() {
    if (stopped || typed.value === null) return
    const json = JSON.stringify(typed.value)
    if (json === kept) return
    saving.value = true
    try {
      savedAt.value = await call('draft_save', key(), json)
      kept = json
      failed.value = false
    } catch {
      failed.value = true
    } finally {
      saving.value = false
    }
  }

  const soon = useDebounceFn(flush, PAUSE_MS)
  watch(
    typed,
    (now, before) => {
      if (before === null && now !== null) kept = JSON.stringify(now)
      else void soon()
    },
    { deep: true },
  )
  onBeforeUnmount(() => void flush())

  return { savedAt, saving, failed, flush, stop: () => (stopped = true), start: () => (stopped = false) }
}
