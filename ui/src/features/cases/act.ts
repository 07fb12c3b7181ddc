import { say } from '@/i18n'
import type { ActKind, CaseDetail, EnterAct, DecisionOutcome } from '@/ipc'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'
import { doorName } from '@/shared/verdict/sentences'

/** Everything an act may name, as typed. */
export interface ActTyped {
  site: string
  number: string
  by: string
  on: string | null
  reason: string
  outcome: DecisionOutcome | null
  sites: string
  office: string
  note: string
}

export type ActField = keyof ActTyped

/** The fields of each act, in the order of its form. */
export const fieldsOf: Record<ActKind, ActField[]> = {
  submit: ['site', 'number', 'on'],
  accept: ['by', 'number', 'on'],
  decline: ['by', 'on', 'reason'],
  ask_supplement: ['by', 'on', 'reason'],
  decide: ['by', 'outcome', 'on', 'reason'],
  take_down: ['sites', 'on'],
  withdraw: ['on', 'reason'],
  refer: ['office', 'on', 'reason'],
  close: ['on', 'note'],
}

/** Acts after which a case can only be closed, or nothing more: asked about once. */
export const lastActs: ActKind[] = ['withdraw', 'refer', 'close']

/** What is known already stands in the form: the door's site, the authority, today. */
export function startOf(detail: CaseDetail, today: string): ActTyped {
  const site =
    detail.frontDoor === 'creditchina' || detail.frontDoor === 'gsxt' ? doorName(detail.frontDoor) : ''
  return {
    site,
    number: '',
    by: detail.authority ?? '',
    on: today,
    reason: '',
    outcome: null,
    sites: detail.submission?.site ?? site,
    office: '',
    note: '',
  }
}

export function mayBeEmpty(act: ActKind, field: ActField, typed: ActTyped): boolean {
  if (act === 'accept' && field === 'number') return true
  if (act === 'close' && field === 'note') return true
  return act === 'decide' && field === 'reason' && typed.outcome !== 'refused'
}

export function actProblems(act: ActKind, typed: ActTyped, today: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const field of fieldsOf[act]) {
    const value = typed[field]
    const add = (key: string) => problems.push({ field: `act-${field}`, text: say(`cases.need_${key}`) })
    if (field === 'on' && value !== null && value > today) add('future')
    else if ((value === null || value.trim() === '') && !mayBeEmpty(act, field, typed)) add(field)
  }
  return problems
}

/** The act as the command takes it; asked only when nothing is wrong with it. */
export function actOf(act: ActKind, typed: ActTyped): EnterAct {
  const on = typed.on ?? ''
  const by = typed.by.trim()
  const reason = typed.reason.trim()
  switch (act) {
    case 'submit':
      return { act, site: typed.site.trim(), number: typed.number.trim(), on }
    case 'accept':
      return { act, by, on, number: typed.number.trim() || null }
    case 'decline':
      return { act, by, on, reason }
    case 'ask_supplement':
      return { act, by, on, reason }
    case 'decide':
      return { act, by, on, outcome: typed.outcome ?? 'repaired', reason }
    case 'take_down':
      return {
        act,
        sites: typed.sites
          .split(/[\n、]/)
          .map((s) => s.trim())
          .filter(Boolean),
        on,
      }
    case 'withdraw':
      return { act, on, reason }
    case 'refer':
      return { act, office: typed.office.trim(), on, reason }
    case 'close':
      return { act, on, note: typed.note.trim() }
  }
}
