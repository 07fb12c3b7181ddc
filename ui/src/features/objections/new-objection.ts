import { say } from '@/i18n'
import type { DisputedItem, MaterialMark, ObjectionDoor, ObjectionGround, RecordView } from '@/ipc'
import { lacksReason } from '@/shared/material/material'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'
import { newAgent, type AgentTyped } from '@/shared/visit/draft'

/** An objection before it is taken in. */
export interface ObjectionTyped {
  door: ObjectionDoor | null
  grounds: ObjectionGround[]
  disputed: DisputedItem[]
  facts: string
  marks: Record<string, MaterialMark>
  agent: AgentTyped
}

/** The items that are disputed most, with what is shown of each. */
export function itemsOf(record: RecordView): { item: string; asShown: string }[] {
  return [
    { item: say('verdict.docNo'), asShown: record.docNo ?? '' },
    { item: say('verdict.authority'), asShown: record.authority ?? '' },
    { item: say('objections.item_decidedOn'), asShown: record.decidedOn ?? '' },
    { item: say('objections.item_content'), asShown: record.content ?? '' },
  ]
}

export function newObjection(record: RecordView): ObjectionTyped {
  const [first] = itemsOf(record)
    .filter(({ asShown }) => asShown !== '')
    .slice(-1)
  return {
    door: null,
    grounds: [],
    disputed: [{ item: first?.item ?? '', asShown: first?.asShown ?? '', asClaimed: '' }],
    facts: '',
    marks: {},
    agent: newAgent(),
  }
}

/** What keeps it from being taken in, in the order of the fields. */
export function problemsOfNew(typed: ObjectionTyped): FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (field: string, key: string) => problems.push({ field, text: say(`objections.${key}`) })
  if (typed.door === null) add('objection-door', 'needDoor')
  if (typed.grounds.length === 0) add('objection-grounds', 'needGrounds')
  const said = typed.disputed.filter(({ item, asClaimed }) => item.trim() !== '' && asClaimed.trim() !== '')
  if (said.length === 0) add('objection-claimed-0', 'needDisputed')
  if (typed.facts.trim() === '') add('objection-facts', 'needFacts')
  for (const [code, mark] of Object.entries(typed.marks))
    if (lacksReason(mark)) problems.push({ field: `paper-${code}-reason`, text: say('material.needReason') })
  return problems
}
