import { computed, ref, watch, type Ref } from 'vue'
import {
  call,
  Refused,
  type AgentSuggestion,
  type MaterialMark,
  type RecordView,
  type SubjectFile,
  type VisitView,
} from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'
import { useDraft } from '@/shared/draft'
import { draftKey, loadDraft, newDraft, type Step, type VisitDraft } from '@/shared/visit/draft'
import { agentInput, agentProblems, mayAct } from './agent'
import { gapsOf, marksServing, servedBy, sheetsOf, unexplained } from './papers'

/** The subject a visit is for: by its code, or by its name where it has none. */
async function subjectOf(visit: VisitView, kept: string): Promise<SubjectFile> {
  if (kept !== '') return call('subject_open', kept)
  if (visit.uscc !== null) return call('subject_open', visit.uscc)
  const { hits } = await call('subject_search', visit.subjectName, 20)
  const hit = hits.find((found) => found.name === visit.subjectName && found.uscc === null)
  if (hit === undefined) throw new Refused('unknown_subject', visit.subjectName)
  return call('subject_open', hit.id)
}

/** One visit while its papers are taken in: what is kept in the shell, and what is typed so far. */
export function useVisit(no: Ref<string>) {
  const visit = ref<VisitView | null>(null)
  const file = ref<SubjectFile | null>(null)
  const draft = ref<VisitDraft | null>(null)
  const problem = ref<string | null>(null)
  const before = ref<AgentSuggestion[]>([])
  const keeper = useDraft(() => draftKey(no.value), draft)

  const received = computed(() => visit.value?.end === 'received')
  const ended = computed(() => visit.value !== null && visit.value.end !== null)
  const sheets = computed(() =>
    draft.value && file.value ? sheetsOf(draft.value, file.value.penalties) : [],
  )
  const gaps = computed(() => gapsOf(sheets.value))
  const agentOpen = computed(() => (draft.value === null ? [] : agentProblems(draft.value.agent)))
  /** Without authority the public verdict is told, and nothing of cases. */
  const authorised = computed(() => draft.value === null || mayAct(draft.value.agent))
  const unsaid = computed(() => unexplained(sheets.value))

  async function load() {
    problem.value = null
    try {
      const found = await call('visit_view', no.value)
      if (found === null) throw new Refused('no_visit', no.value)
      const kept = found.end === null ? await loadDraft(no.value) : null
      file.value = await subjectOf(found, kept?.draft.subject ?? '')
      if (found.end === null) {
        keeper.start()
        draft.value = kept?.draft ?? newDraft(file.value.id)
        keeper.savedAt.value = kept?.savedAt ?? null
      }
      visit.value = found
      if (found.end === null) {
        const { subjectName, uscc } = found
        before.value = await call('visit_agents_before', { name: subjectName, uscc }, no.value)
      }
    } catch (thrown) {
      problem.value = sentenceFor(thrown)
    }
  }
  watch(no, load, { immediate: true })

  /** A paper of which one serves for all is marked once. */
  function mark(record: RecordView, code: string, to: MaterialMark) {
    if (draft.value === null) return
    for (const id of servedBy(record, code, sheets.value)) {
      draft.value.marks[id] = { ...draft.value.marks[id], [code]: to }
    }
  }

  function choose(record: string, chosen: boolean) {
    if (draft.value === null) return
    const others = draft.value.records.filter((id) => id !== record)
    draft.value.records = chosen ? [...others, record] : others
    if (!chosen) return
    const added = sheets.value.at(-1)
    if (added === undefined) return
    draft.value.marks[record] = { ...marksServing(added, sheets.value), ...draft.value.marks[record] }
  }

  function go(step: Step) {
    if (draft.value !== null) draft.value.step = step
  }

  /** Takes everything in, in one transaction of the shell. What was typed is kept as long as that can be taken back. */
  async function receive(): Promise<number> {
    const agent = draft.value && agentInput(draft.value.agent)
    if (!agent) throw new Refused('agent_name')
    await keeper.flush()
    const { cases } = await call('visit_receive', {
      visit: no.value,
      agent,
      cases: sheets.value.map(({ record, papers }) => ({
        record: record.id,
        facts: record.facts,
        materials: papers.map(({ material, mark: stands }) => ({ code: material.code, mark: stands })),
      })),
    })
    await close()
    return cases.length
  }

  /** After the end of the visit: nothing more is typed. */
  async function close() {
    await keeper.flush()
    keeper.stop()
    draft.value = null
    await load()
  }

  return {
    visit,
    file,
    draft,
    problem,
    keeper,
    received,
    ended,
    sheets,
    gaps,
    agentOpen,
    before,
    authorised,
    unsaid,
    load,
    mark,
    choose,
    go,
    receive,
    close,
  }
}

export type VisitDesk = ReturnType<typeof useVisit>
