/** Records and what the rules say about them. */
import type { AttachmentRef } from './file'
import type { Material } from './case'

export type Verdict =
  | 'eligible'
  | 'not_yet'
  | 'conditions_missing'
  | 'not_repairable'
  | 'not_published'
  | 'ended'
  | 'refer'
  | 'undetermined'

export type FrontDoor = 'creditchina' | 'gsxt' | 'authority' | 'court' | 'tax'
export type SourceStatus = 'verified' | 'secondary' | 'recalled'
export type Missing = 'fulfilment' | 'rectification' | 'commitment' | 'training' | 'credit_report'

export interface Reason {
  text: string
  source: string
  /** Empty when the rule has none. */
  article: string
  status: SourceStatus
}

export interface RequiredPaper {
  code: string
  name: string
  required: boolean
  /** Empty when there is nothing to know. */
  note: string
}

export interface Assessment {
  pack: string | null
  packTitle: string | null
  frontDoor: FrontDoor | null
  class: string | null
  classTitle: string | null
  verdict: Verdict
  minimumPeriod: string | null
  eligibleOn: string | null
  endsOn: string | null
  missing: Missing[]
  /** Names of facts as in the record's JSON: `fulfilled`, `listed_serious` … */
  unknown: string[]
  materials: RequiredPaper[]
  reasons: Reason[]
  alternative: AlternativeView | null
  changesOn: { date: string; pack: string; verdict: Verdict } | null
  correctionsUsed: string[]
  unverified: boolean
}

export interface AlternativeView {
  pack: string
  packTitle: string
  classTitle: string | null
  verdict: Verdict
  eligibleOn: string | null
  endsOn: string | null
}

/** Facts a clerk can establish at the counter; null means nobody has said. */
export interface Facts {
  fulfilled: boolean | null
  rectified: boolean | null
  committed: boolean | null
  published: boolean | null
  listedSerious: boolean | null
  seriousByAuthority: boolean | null
  procedure: string | null
  domain: string | null
}

export type RecordOrigin = 'import' | 'by_hand'

export interface RecordView {
  id: string
  origin: RecordOrigin
  /** Broke a rule of the reporting standard and was kept for check (待核记录). */
  keptForCheck: boolean
  findings: string[]
  docNo: string | null
  title: string
  authority: string | null
  decidedOn: string | null
  content: string | null
  penaltyKinds: string[]
  fineFen: string | null
  source: string
  dataAsOf: string | null
  facts: Facts
  bases: string[]
  assessment: Assessment
  /** The papers it takes, none of them brought yet. */
  checklist: Material[]
  scan: AttachmentRef | null
  openCase: string | null
}

export interface AuthorityChoice {
  code: string | null
  name: string
  frontDoor: FrontDoor
}

/** A decision typed in from its paper. */
export interface EnterRecord {
  subjectName: string
  uscc: string | null
  docNo: string
  authority: string
  authorityCode: string | null
  decidedOn: string
  penaltyKinds: string[]
  content: string
  fineFen: string | null
  scanPath: string | null
}

export interface EnteredRecordView {
  subject: string
  record: RecordView
}
