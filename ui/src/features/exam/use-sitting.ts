import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue'
import { say } from '@/i18n'
import {
  call,
  Refused,
  type ExamOutcome,
  type HandInReason,
  type IncidentKind,
  type PaperQuestion,
  type ResumedExam,
  type SittingView,
} from '@/ipc'
import { useBusy } from '@/shared/feedback/busy'
import { sentenceFor } from '@/shared/feedback/refusal'
import { useExamClock } from './exam-clock'
import { useWindowWatch } from './watch-window'

/** `interrupted`: it was begun, and its clock does not run, as after a crash. */
export type ExamPhase = 'loading' | 'start' | 'interrupted' | 'running' | 'over'

export interface Sitting {
  view: Ref<SittingView | null>
  phase: Ref<ExamPhase>
  question: ComputedRef<PaperQuestion | null>
  at: Ref<number>
  unanswered: ComputedRef<number[]>
  leftMs: Ref<number>
  savedAt: Ref<number | null>
  saving: ComputedRef<boolean>
  notSaved: Ref<string | null>
  busy: Ref<boolean>
  problem: Ref<string | null>
  resumed: Ref<ResumedExam | null>
  outcome: Ref<ExamOutcome | null>
  /** When the trainee last went away from the window. */
  leftAt: Ref<number | null>
  leftFullScreen: Ref<boolean>
  load(): Promise<void>
  start(): Promise<void>
  resume(): Promise<void>
  choose(place: number): void
  mark(): Promise<void>
  go(to: number): void
  handIn(reason: HandInReason): Promise<void>
  fill(): Promise<void>
}

/** One sitting as the trainee works on it. What is shown as saved has come back from the shell. */
export function useSitting(no: string): Sitting {
  const view = ref<SittingView | null>(null)
  const phase = ref<ExamPhase>('loading')
  const at = ref(0)
  const savedAt = ref<number | null>(null)
  const pending = ref(0)
  const notSaved = ref<string | null>(null)
  const { busy, run: oneAtATime } = useBusy()
  const problem = ref<string | null>(null)
  const resumed = ref<ResumedExam | null>(null)
  const outcome = ref<ExamOutcome | null>(null)
  const leftAt = ref<number | null>(null)

  const question = computed(() => view.value?.questions[at.value] ?? null)
  const unanswered = computed(() =>
    (view.value?.questions ?? []).flatMap((one, i) => (one.given.length === 0 ? [i] : [])),
  )
  const saving = computed(() => pending.value > 0)

  const clock = useExamClock(
    async () => (view.value?.minutes ?? 0) * 60_000 - (await call('exam_tick', no)),
    () => void handIn('time_over'),
  )
  const watch = useWindowWatch(() => phase.value === 'running' && !busy.value, report)

  async function report(kind: IncidentKind) {
    if (kind === 'focus_lost') leftAt.value = Date.now()
    try {
      await call('exam_incident', no, kind, null)
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  }

  async function read(): Promise<SittingView | null> {
    const found = await call('exam_sitting', no)
    view.value = found
    kept.clear()
    for (const one of found?.questions ?? []) kept.set(one.id, one.given)
    return found
  }

  async function load() {
    problem.value = null
    try {
      const found = await read()
      if (found === null) {
        problem.value = say('exam.notFound', { no })
      } else if (found.stage === 'drawn') {
        phase.value = 'start'
      } else if (found.stage === 'running') {
        const running = await call('exam_running', no)
        if (running) run(await left(found), unanswered.value[0] ?? 0)
        else phase.value = 'interrupted'
      } else {
        phase.value = 'over'
      }
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  }
  onMounted(load)

  async function left(found: SittingView): Promise<number> {
    return Math.max(0, found.minutes * 60_000 - (await call('exam_tick', no)))
  }

  function run(leftMs: number, place: number) {
    at.value = place
    phase.value = 'running'
    clock.set(leftMs)
    void watch.fill()
  }

  /** Does one thing at a time, and says why when it was not done. */
  async function once(act: () => Promise<void>) {
    problem.value = null
    await oneAtATime(act, (thrown) => (problem.value = sentenceFor(thrown)))
  }

  const start = () =>
    once(async () => {
      await call('exam_start', no)
      const found = await read()
      if (found !== null) run(found.leftMs, 0)
    })

  const resume = () =>
    once(async () => {
      const gone = await call('exam_resume', no)
      const found = await read()
      resumed.value = gone
      const place = found?.questions.findIndex((one) => one.id === gone.question) ?? 0
      run(gone.leftMs, Math.max(0, place))
    })

  /** What the shell has kept, by question; the answers go to it one after the other. */
  const kept = new Map<string, number[]>()
  const last = new Map<string, number>()
  let turn = 0
  let queue: Promise<void> = Promise.resolve()

  function choose(place: number) {
    const one = question.value
    if (one === null || phase.value !== 'running') return
    const has = one.given.includes(place)
    if (one.kind !== 'multiple' && has) return
    const single = one.kind !== 'multiple'
    one.given = single ? [place] : has ? one.given.filter((p) => p !== place) : [...one.given, place].sort()
    keep(one, [...one.given])
  }

  function keep(one: PaperQuestion, choices: number[]) {
    const mine = ++turn
    last.set(one.id, mine)
    pending.value += 1
    queue = queue.then(async () => {
      try {
        const answer = await call('exam_answer', no, one.id, choices)
        kept.set(one.id, choices)
        savedAt.value = answer.savedAt
        notSaved.value = null
        if (phase.value === 'running') clock.set(answer.leftMs)
      } catch (thrown) {
        if (Refused.from(thrown).code === 'time_over') void handIn('time_over')
        else notSaved.value = sentenceFor(thrown)
      } finally {
        pending.value -= 1
        if (last.get(one.id) === mine) one.given = kept.get(one.id) ?? []
      }
    })
  }

  async function mark() {
    const one = question.value
    if (one === null || phase.value !== 'running') return
    const marked = !one.marked
    try {
      await call('exam_mark_review', no, one.id, marked)
      one.marked = marked
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  }

  function go(to: number) {
    const n = view.value?.questions.length ?? 0
    if (to >= 0 && to < n) at.value = to
  }

  /** The answers on their way are waited for, so that none is left out of the marking. */
  const handIn = (reason: HandInReason) =>
    once(async () => {
      await queue
      outcome.value = await call('exam_hand_in', no, reason)
      clock.stop()
      phase.value = 'over'
      await watch.release()
      await read()
    })

  return {
    view,
    phase,
    question,
    at,
    unanswered,
    leftMs: clock.leftMs,
    savedAt,
    saving,
    notSaved,
    busy,
    problem,
    resumed,
    outcome,
    leftAt,
    leftFullScreen: watch.leftFullScreen,
    load,
    start,
    resume,
    choose,
    mark,
    go,
    handIn,
    fill: watch.fill,
  }
}
