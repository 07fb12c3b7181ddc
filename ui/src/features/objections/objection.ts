import { say } from '@/i18n'
import type {
  EnterObjectionAct,
  InquiryFinding,
  ObjectionActKind,
  ObjectionDetail,
  ObjectionOutcome,
  ObjectionState,
} from '@/ipc'
import type { FieldProblem } from '@/shared/ui/ErrorSummary.vue'
import type { PillTone } from '@/shared/ui/StatusPill.vue'

export const toneOf: Record<ObjectionState, PillTone> = {
  received: 'info',
  gaps_open: 'stop',
  forwarded: 'info',
  accepted: 'wait',
  declined: 'stop',
  inquiring: 'wait',
  replied: 'wait',
  decided: 'ok',
  withdrawn: 'plain',
  closed: 'plain',
}

/** Everything an act may name, as typed. */
export interface ActTyped {
  to: string
  by: string
  number: string
  finding: InquiryFinding | null
  outcome: ObjectionOutcome | null
  reason: string
  note: string
  on: string | null
}

export type ActField = keyof ActTyped

/** The fields of each act, in the order of its form. */
export const fieldsOf: Record<ObjectionActKind, ActField[]> = {
  forward: ['to', 'number', 'on'],
  accept: ['by', 'on'],
  decline: ['by', 'on', 'reason'],
  inquire: ['to', 'on'],
  reply: ['by', 'finding', 'note', 'on'],
  decide: ['by', 'outcome', 'reason', 'on'],
  withdraw: ['reason', 'on'],
  close: ['note', 'on'],
}

export const findings: InquiryFinding[] = ['right', 'corrected', 'to_be_taken_down', 'not_ours']
export const outcomes: ObjectionOutcome[] = ['corrected', 'deleted', 'completed', 'upheld']
/** Acts that end it: asked about once. */
export const lastActs: ObjectionActKind[] = ['withdraw', 'close']

/** What an act begins with: who has to act is known from what it is about. */
export function startOf(act: ObjectionActKind, detail: ObjectionDetail, today: string): ActTyped {
  const provider = detail.authority ?? ''
  const open = detail.inquiries.find(({ reply }) => reply === null)
  const handler = detail.forwarding?.to ?? ''
  const to = act === 'forward' ? (detail.door === 'authority' ? provider : detail.doorLabel) : provider
  return {
    to,
    by: act === 'reply' ? (open?.to ?? provider) : handler,
    number: '',
    finding: null,
    outcome: null,
    reason: '',
    note: '',
    on: today,
  }
}

const mayBeEmpty = (act: ObjectionActKind, field: ActField, typed: ActTyped) =>
  field === 'number' ||
  field === 'note' ||
  (act === 'decide' && field === 'reason' && typed.outcome !== 'upheld')

export function problemsOf(act: ObjectionActKind, typed: ActTyped, today: string): FieldProblem[] {
  return fieldsOf[act].flatMap((field) => {
    const value = typed[field]
    const empty = value === null || value.trim() === ''
    if (empty && !mayBeEmpty(act, field, typed))
      return [{ field: `objection-${field}`, text: say(`objections.need_${field}`) }]
    if (field === 'on' && typeof value === 'string' && value > today)
      return [{ field: 'objection-on', text: say('cases.need_future') }]
    return []
  })
}

/** The act as the command takes it; its form is complete. */
export function actOf(act: ObjectionActKind, typed: ActTyped): EnterObjectionAct {
  const { to, by, number, finding, outcome, reason, note } = typed
  const on = typed.on ?? ''
  switch (act) {
    case 'forward':
      return { act, to, number, on }
    case 'accept':
      return { act, by, on }
    case 'decline':
      return { act, by, on, reason }
    case 'inquire':
      return { act, to, on }
    case 'reply':
      return { act, by, finding: finding ?? 'right', note, on }
    case 'decide':
      return { act, by, outcome: outcome ?? 'upheld', reason, on }
    case 'withdraw':
      return { act, reason, on }
    case 'close':
      return { act, note, on }
  }
}
