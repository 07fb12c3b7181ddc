/** Cases: their checklist, their acts, their history. */
import type { AttachmentRef, IssuedDocument } from './file'
import type { FrontDoor } from './record'

export type CaseState =
  | 'received'
  | 'gaps_open'
  | 'submitted'
  | 'accepted'
  | 'declined'
  | 'decided'
  | 'taken_down'
  | 'withdrawn'
  | 'referred'
  | 'closed'
export type Delivery = 'saved' | 'delivered' | 'refused'
export type Outcome = 'repaired' | 'refused'

export type MaterialState =
  | { state: 'pending' }
  | { state: 'received' }
  | { state: 'faulty'; reason: string }
  | { state: 'waived'; reason: string }

export interface MaterialMark {
  state: MaterialState
  originalSeen: boolean
  copyKept: boolean
  scans: AttachmentRef[]
}

export interface Material {
  code: string
  name: string
  required: boolean
  note: string | null
  /** How a gap is filled, as printed on the notice. */
  howTo: string
  /** The rule that asks for it. */
  basis: string
  unverified: boolean
  mark: MaterialMark
}

export interface CaseRow {
  no: string
  state: CaseState
  delivery: Delivery
  subjectName: string
  uscc: string | null
  recordKey: string
  decisionNumber: string | null
  authority: string | null
  receivedOn: string
  gaps: number
}

export type ActKind =
  'submit' | 'accept' | 'decline' | 'ask_supplement' | 'decide' | 'take_down' | 'withdraw' | 'refer' | 'close'

export type EnterAct =
  | { act: 'submit'; site: string; number: string; on: string }
  | { act: 'accept'; by: string; on: string; number: string | null }
  | { act: 'decline'; by: string; on: string; reason: string }
  | { act: 'ask_supplement'; by: string; on: string; reason: string }
  | { act: 'decide'; by: string; on: string; outcome: Outcome; reason: string }
  | { act: 'take_down'; sites: string[]; on: string }
  | { act: 'withdraw'; on: string; reason: string }
  | { act: 'refer'; office: string; on: string; reason: string }
  | { act: 'close'; on: string; note: string }

export interface DueDate {
  label: string
  limit: string
  /** Null where the calendar does not reach. */
  dueOn: string | null
  source: string
  unverified: boolean
}

export interface HistoryEntry {
  /** The counter, or `HUB`. */
  counter: string
  incarnation: string
  seq: string
  kind: string
  on: string | null
  detail: string
  outcome: Outcome | null
  madeAt: number
  actor: string
  hash: string
  delivered: boolean
  refused: string | null
}

export interface CaseDetail {
  no: string
  state: CaseState
  delivery: Delivery
  subjectName: string
  uscc: string | null
  visit: string
  agent: string | null
  recordKey: string
  decisionNumber: string | null
  authority: string | null
  pack: string | null
  frontDoor: FrontDoor | null
  receivedOn: string
  materials: Material[]
  submission: { site: string; number: string; on: string } | null
  decision: { by: string; on: string; outcome: Outcome; reason: string } | null
  supplementAsked: string | null
  recordDifferences: string[]
  documents: IssuedDocument[]
  nextActs: ActKind[]
  history: HistoryEntry[]
  due: DueDate[]
}
