import { say } from '@/i18n'
import type {
  ActKind,
  AttachmentRef,
  CaseDetail,
  DecisionOutcome,
  EnterAct,
  ServiceWay,
  VerificationResult,
} from '@/ipc'
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
  sites: string[]
  office: string
  note: string
  seen: string
  result: VerificationResult | null
  evidence: AttachmentRef[]
  to: string
  limit: string
  until: string | null
  shown: 'gone' | 'still' | null
  document: string
  way: ServiceWay | null
  material: string
}

export type ActField = keyof ActTyped

/** The fields of each act, in the order of its form. */
export const fieldsOf: Record<ActKind, ActField[]> = {
  submit: ['site', 'number', 'on'],
  push: ['to', 'on'],
  accept: ['by', 'number', 'on'],
  decline: ['by', 'on', 'reason'],
  ask_supplement: ['by', 'on', 'reason'],
  decide: ['by', 'outcome', 'on', 'reason'],
  look_at_site: ['site', 'shown', 'on'],
  take_down: ['sites', 'on'],
  withdraw: ['on', 'reason'],
  refer: ['office', 'on', 'reason'],
  close: ['on', 'note'],
  reopen: ['on', 'reason'],
  insist: ['note', 'on'],
  verify: ['seen', 'result', 'evidence', 'note', 'on'],
  extend: ['limit', 'until', 'by', 'reason', 'on'],
  serve: ['document', 'to', 'way', 'on'],
  return_original: ['material', 'to', 'on'],
}

/** Acts that end what the counter does about a case: asked about once. */
export const lastActs: ActKind[] = ['withdraw', 'refer', 'close']

/** Of each field that is chosen and not typed, what there is to choose from. */
export function choicesOf(field: ActField, detail: CaseDetail): { value: string; label: string }[] {
  const said = (kind: string, values: string[]) =>
    values.map((value) => ({ value, label: say(`cases.${kind}_${value}`) }))
  switch (field) {
    case 'outcome':
      return said('outcome', ['repaired', 'refused'])
    case 'result':
      return said('result', ['confirmed', 'not_confirmed', 'open'])
    case 'shown':
      return said('shown', ['gone', 'still'])
    case 'way':
      return said('way', ['in_person', 'post', 'electronic', 'left'])
    case 'limit':
      return detail.due.map(({ name, label }) => ({ value: name, label }))
    case 'material':
      return detail.materials
        .filter(({ mark }) => mark.originalHeld && !mark.returned)
        .map(({ code, name }) => ({ value: code, label: name }))
    case 'document':
      return detail.documents
        .filter(({ file }) => !detail.served.some((served) => served.sha256 === file.sha256))
        .map(({ kind, number, file }) => ({
          value: file.sha256,
          label: `${say(`paper.kind_${kind}`)} ${number}`,
        }))
    default:
      return []
  }
}

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
    sites: [],
    office: '',
    note: '',
    seen: '',
    result: null,
    evidence: [],
    to: '',
    limit: '',
    until: null,
    shown: null,
    document: '',
    way: null,
    material: '',
  }
}

/** What an act names differently from the others: to whom a site pushes is not whoever takes a paper. */
export function startOfAct(act: ActKind, typed: ActTyped, detail: CaseDetail): ActTyped {
  const to = act === 'push' ? (detail.authority ?? '') : (detail.agent ?? '')
  const only = (field: ActField) => {
    const choices = choicesOf(field, detail)
    return choices.length === 1 ? (choices[0]?.value ?? '') : ''
  }
  return {
    ...typed,
    to,
    note: '',
    reason: '',
    limit: only('limit'),
    document: only('document'),
    material: only('material'),
  }
}

export function mayBeEmpty(act: ActKind, field: ActField, typed: ActTyped): boolean {
  if (field === 'evidence') return true
  if (act === 'accept' && field === 'number') return true
  if ((act === 'close' || act === 'verify') && field === 'note') return true
  return act === 'decide' && field === 'reason' && typed.outcome !== 'refused'
}

export function actProblems(
  act: ActKind,
  typed: ActTyped,
  today: string,
  detail: CaseDetail,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const field of fieldsOf[act]) {
    const value = typed[field]
    const add = (key: string) => problems.push({ field: `act-${field}`, text: say(`cases.need_${key}`) })
    const blank = value === null || (typeof value === 'string' && value.trim() === '')
    if (field === 'on' && typed.on !== null && typed.on > today) add('future')
    else if (field === 'until' && typed.until !== null && typed.on !== null && typed.until < typed.on)
      add('untilBefore')
    else if (field === 'sites' && detail.sites.some((site) => !typed.sites.includes(site))) add('sites')
    else if (blank && !mayBeEmpty(act, field, typed)) add(act === 'insist' ? 'insist' : field)
  }
  return problems
}

/** The act as the command takes it; asked only when nothing is wrong with it. */
export function actOf(act: ActKind, typed: ActTyped): EnterAct {
  const on = typed.on ?? ''
  const by = typed.by.trim()
  const reason = typed.reason.trim()
  const to = typed.to.trim()
  const note = typed.note.trim()
  switch (act) {
    case 'submit':
      return { act, site: typed.site.trim(), number: typed.number.trim(), on }
    case 'push':
      return { act, to, on }
    case 'accept':
      return { act, by, on, number: typed.number.trim() || null }
    case 'decline':
    case 'ask_supplement':
      return { act, by, on, reason }
    case 'decide':
      return { act, by, on, outcome: typed.outcome ?? 'repaired', reason }
    case 'look_at_site':
      return { act, site: typed.site, on, stillShown: typed.shown === 'still' }
    case 'take_down':
      return { act, sites: typed.sites, on }
    case 'withdraw':
    case 'reopen':
      return { act, on, reason }
    case 'refer':
      return { act, office: typed.office.trim(), on, reason }
    case 'close':
    case 'insist':
      return { act, on, note }
    case 'verify':
      return {
        act,
        on,
        seen: typed.seen.trim(),
        result: typed.result ?? 'open',
        note,
        evidence: typed.evidence,
      }
    case 'extend':
      return { act, limit: typed.limit, until: typed.until ?? '', by, reason, on }
    case 'serve':
      return { act, sha256: typed.document, to, way: typed.way ?? 'in_person', on }
    case 'return_original':
      return { act, code: typed.material, to, on }
  }
}
