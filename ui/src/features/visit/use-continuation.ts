import { computed, onMounted, ref } from 'vue'
import { call, type AgentSuggestion, type MaterialMark, type ScannedSlip } from '@/ipc'
import { useDraft } from '@/shared/draft'
import { sentenceFor } from '@/shared/feedback/refusal'
import { blankMark, lacksReason } from '@/shared/material/material'
import { scanned } from '@/shared/scan'
import { newAgent, type AgentTyped } from '@/shared/visit/draft'
import { agentInput } from './agent'

const DRAFT = 'continue'

/** What is typed while cases of a slip go on; kept like any draft. */
interface Continuation {
  slip: string
  agent: AgentTyped
  /** How the papers stand that were looked at, by case and code. */
  marks: Record<string, Record<string, MaterialMark>>
}

/** 续办 from the scan of a slip to the visit it becomes. */
export function useContinuation() {
  const typed = ref<Continuation | null>(null)
  const slip = ref<ScannedSlip | null>(null)
  const before = ref<AgentSuggestion[]>([])
  const problem = ref<string | null>(null)
  const keeper = useDraft(() => DRAFT, typed)

  const marks = computed(() => Object.values(typed.value?.marks ?? {}).flatMap((of) => Object.values(of)))
  const looked = computed(() => marks.value.filter((mark) => mark.state.state !== 'pending').length)
  const unexplained = computed(() => marks.value.some(lacksReason))

  /** Takes up a slip; what was typed for the same slip is still there. */
  async function take(text: string, found: ScannedSlip) {
    problem.value = null
    slip.value = found
    if (typed.value?.slip !== text) typed.value = { slip: text, agent: newAgent(), marks: {} }
    before.value = await call('visit_agents_before', { name: found.name, uscc: found.uscc }, null)
  }

  onMounted(async () => {
    try {
      const kept = await call('draft_load', DRAFT)
      const text = scanned.slip ?? (kept === null ? null : (JSON.parse(kept.json) as Continuation).slip)
      scanned.slip = null
      if (text === null) return
      if (kept !== null) typed.value = JSON.parse(kept.json) as Continuation
      const found = await call('scan_read', text)
      if (found.is === 'slip') await take(text, found.slip)
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  })

  function markOf(no: string, code: string): MaterialMark {
    return typed.value?.marks[no]?.[code] ?? blankMark()
  }
  function mark(no: string, code: string, to: MaterialMark) {
    if (typed.value === null) return
    typed.value.marks[no] = { ...typed.value.marks[no], [code]: to }
  }

  /** Takes the papers in; answers the visit's number. */
  async function enter(): Promise<string> {
    const { slip: text, agent, marks: all } = typed.value ?? { slip: '', agent: newAgent(), marks: {} }
    const input = agentInput(agent)
    if (input === null) throw new Error('the agent is not complete')
    await keeper.flush()
    const cases = (slip.value?.cases ?? [])
      .filter((one) => one.takesPapers)
      .map(({ no }) => ({
        no,
        materials: Object.entries(all[no] ?? {})
          .filter(([, one]) => one.state.state !== 'pending')
          .map(([code, one]) => ({ code, mark: one })),
      }))
    const visit = await call('visit_continue', { slip: text, queueNumber: null, agent: input, cases })
    await drop()
    return visit
  }

  async function drop() {
    typed.value = null
    slip.value = null
    await call('draft_discard', DRAFT)
  }

  return { typed, slip, before, problem, keeper, looked, unexplained, take, mark, markOf, enter, drop }
}
