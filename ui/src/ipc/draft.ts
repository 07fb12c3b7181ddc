/**
 * The shapes the screens ask of the shell, written before the shell exists.
 * Generated bindings take the place of this file; nothing but `src/ipc` names it.
 * Dates are ISO civil dates, instants milliseconds UTC, money fen as a string of digits.
 */

// ---------------------------------------------------------------- access

export type Stage = 'setup' | 'locked' | 'ready'
export type Role =
  'administrator' | 'clerk' | 'lead' | 'training_organizer' | 'proctor' | 'street_window' | 'auditor'

export interface CounterIdentity {
  site: string
  siteName: string
  counter: string
  prefix: string
}

export interface AccountChoice {
  name: string
  displayName: string
  roles: Role[]
}

/** What the window needs before its first screen. */
export interface AppStatus {
  stage: Stage
  counter: CounterIdentity | null
  accounts: AccountChoice[]
  signedIn: AccountChoice | null
  today: string
  /** Filled with made-up subjects, or a folder made for tests: every screen says so. */
  demo: boolean
  version: string
  openCases: number
}

export interface SetupInput {
  siteName: string
  site: string
  counter: string
  prefix: string
  displayName: string
  accountName: string
  password: string
}

export interface SetupDone {
  recoveryWords: string[]
}

// -------------------------------------------------------------- delivery

/** How much of the counter's work the district platform has not confirmed yet. */
export interface DeliveryStatus {
  unsent: number
  oldestUnsentAt: number | null
  delivered: number
  lastContactAt: number | null
  hub: string | null
  reachable: boolean | null
}

// ---------------------------------------------------------------- papers

export interface Paper {
  id: string
  kind: string
  title: string
  number: string | null
  issuedAt: number
  pages: number
}

// --------------------------------------------------------- credit subjects

export interface SubjectHit {
  id: string
  uscc: string | null
  name: string
  formerNames: string[]
  penalties: number
  permits: number
}

export interface SearchAnswer {
  hits: SubjectHit[]
  /** There are more than were asked for. */
  more: boolean
  dataAsOf: string | null
}

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
  article: string | null
  status: SourceStatus
}

export interface RequiredPaper {
  code: string
  name: string
  required: boolean
  note: string | null
}

export interface Assessment {
  pack: string
  packTitle: string
  frontDoor: FrontDoor | null
  class: string | null
  classTitle: string | null
  verdict: Verdict
  eligibleOn: string | null
  endsOn: string | null
  minimumPeriod: string | null
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
  assessment: Assessment
  openCase: string | null
}

export interface PermitView {
  id: string
  docNo: string | null
  title: string
  authority: string | null
  validFrom: string | null
  validTo: string | null
  keptForCheck: boolean
}

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

export interface CaseRow {
  no: string
  subject: string
  docNo: string | null
  state: CaseState
  outcome: 'repaired' | 'refused' | null
  delivery: Delivery
  receivedOn: string
  dueOn: string | null
}

export interface SubjectFile {
  id: string
  uscc: string | null
  name: string
  formerNames: string[]
  street: string | null
  demo: boolean
  penalties: RecordView[]
  permits: PermitView[]
  cases: CaseRow[]
  dataAsOf: string | null
  assessedOn: string
}

export interface AuthorityChoice {
  code: string | null
  name: string
  frontDoor: FrontDoor
}

/** A decision typed in from its paper. */
export interface ManualRecordInput {
  subject: { id: string | null; name: string; uscc: string | null }
  docNo: string
  authority: string
  authorityCode: string | null
  decidedOn: string
  penaltyKinds: string[]
  content: string
  fineFen: string | null
  scanPath: string | null
}

// ---------------------------------------------------------------- commands

/** Every command of the shell: its arguments and its answer. */
export interface Commands {
  app_status: { args: Record<string, never>; answer: AppStatus }
  app_set_up: { args: { input: SetupInput }; answer: SetupDone }
  app_sign_in: { args: { account: string; password: string }; answer: AppStatus }
  app_sign_out: { args: Record<string, never>; answer: AppStatus }
  recovery_sheet_print: { args: Record<string, never>; answer: Paper }

  delivery_status: { args: Record<string, never>; answer: DeliveryStatus }
  sync_now: { args: Record<string, never>; answer: DeliveryStatus }

  subject_search: { args: { text: string; limit: number }; answer: SearchAnswer }
  subject_open: { args: { id: string }; answer: SubjectFile }
  record_state_facts: {
    args: { record: string; facts: Facts }
    answer: RecordView
  }
  record_enter: { args: { input: ManualRecordInput }; answer: { subject: string; record: RecordView } }
  authority_choices: { args: Record<string, never>; answer: AuthorityChoice[] }

  advice_print: { args: { record: string }; answer: Paper }
  referral_print: { args: { record: string }; answer: Paper }
  commitment_print: { args: { record: string }; answer: Paper }
  paper_open: { args: { id: string }; answer: null }

  file_choose: { args: { extensions: string[] }; answer: string | null }
}

export type CommandName = keyof Commands
export type Args<K extends CommandName> = Commands[K]['args']
export type Answer<K extends CommandName> = Commands[K]['answer']
