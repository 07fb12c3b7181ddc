import { onMounted, ref } from 'vue'
import { call, Refused, type ImportProgress, type ImportSummary } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'

/** Work done so far, and the seconds left as far as they can be told. */
interface Progress extends ImportProgress {
  remainingSeconds: number | null
}

/** Before this many milliseconds a pace means nothing. */
const SETTLES_MS = 1_500

/** One import at a time: its progress, its cancel, its outcome. */
export function useImport() {
  const summary = ref<ImportSummary | null>(null)
  const loading = ref(true)
  const running = ref(false)
  const cancelling = ref(false)
  const cancelled = ref(false)
  const progress = ref<Progress>({ read: 0, total: null, remainingSeconds: null })
  const problem = ref<string | null>(null)

  onMounted(async () => {
    try {
      summary.value = await call('import_last', {})
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    } finally {
      loading.value = false
    }
  })

  async function start(path: string) {
    if (running.value) return
    running.value = true
    cancelling.value = cancelled.value = false
    problem.value = null
    progress.value = { read: 0, total: null, remainingSeconds: null }
    const began = Date.now()
    try {
      summary.value = await call('import_start', {
        path,
        onProgress: ({ read, total }) => {
          const spent = Date.now() - began
          const known = total !== null && read > 0 && spent > SETTLES_MS
          const remainingSeconds = known ? ((total - read) * spent) / read / 1000 : null
          progress.value = { read, total, remainingSeconds }
        },
      })
    } catch (thrown) {
      if (Refused.from(thrown).code === 'import_cancelled') cancelled.value = true
      else problem.value = sentenceFor(thrown)
    } finally {
      running.value = cancelling.value = false
    }
  }

  async function cancel() {
    cancelling.value = true
    try {
      await call('import_cancel', {})
    } catch (thrown) {
      cancelling.value = false
      problem.value = sentenceFor(thrown)
    }
  }

  return { summary, loading, running, cancelling, cancelled, progress, problem, start, cancel }
}
