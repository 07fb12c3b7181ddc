import { onMounted, ref } from 'vue'
import { call, Refused, type Finding, type ImportCounts, type ImportOutcome, type RuleCount } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'

/** What became of a file: a run that was kept, or one that wrote nothing since all was there. */
export interface ImportResult {
  fileName: string
  kind: ImportOutcome['kind']
  layout: string
  counts: ImportCounts
  /** Its number; null where nothing was written, and then the findings stand in `findings`. */
  run: string | null
  rules: RuleCount[]
  findings: Finding[]
}

interface Progress {
  read: number
  /** Reckoned from the share of the file that was read. */
  total: number | null
  remainingSeconds: number | null
}

/** Before this much of a file, in thousandths, a pace means nothing. */
const SETTLES = 30

function progressOf(rows: number, permille: number, spentMs: number): Progress {
  if (permille < SETTLES) return { read: rows, total: null, remainingSeconds: null }
  return {
    read: rows,
    total: Math.max(rows, Math.round((rows * 1000) / permille)),
    remainingSeconds: (spentMs * (1000 - permille)) / permille / 1000,
  }
}

function unwritten(outcome: ImportOutcome, fileName: string): ImportResult {
  return {
    fileName,
    kind: outcome.kind,
    layout: outcome.layout,
    counts: {
      read: outcome.read,
      accepted: outcome.accepted,
      acceptedWithWarnings: outcome.accepted_with_warnings,
      keptForCheck: outcome.kept_for_check,
      duplicates: outcome.duplicates,
      updated: outcome.updated,
      skipped: outcome.skipped,
    },
    run: null,
    rules: [],
    findings: outcome.findings,
  }
}

/** One import at a time: its progress, its cancel, its outcome. */
export function useImport() {
  const result = ref<ImportResult | null>(null)
  const loading = ref(true)
  const running = ref(false)
  const cancelling = ref(false)
  const cancelled = ref(false)
  const progress = ref<Progress>({ read: 0, total: null, remainingSeconds: null })
  const problem = ref<string | null>(null)

  async function newest() {
    const [run] = await call('import_runs', 1)
    if (run !== undefined) result.value = { ...run, run: run.id, findings: [] }
  }

  onMounted(async () => {
    try {
      await newest()
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
      const outcome = await call(
        'import_start',
        path,
        ({ rows, permille }) => (progress.value = progressOf(rows, permille, Date.now() - began)),
      )
      if (outcome.run === null) result.value = unwritten(outcome, path.split(/[\\/]/).pop() ?? path)
      else await newest()
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
      await call('import_cancel')
    } catch (thrown) {
      cancelling.value = false
      problem.value = sentenceFor(thrown)
    }
  }

  return { result, loading, running, cancelling, cancelled, progress, problem, start, cancel }
}
