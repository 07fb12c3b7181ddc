/**
 * The shapes the screens ask of the shell, as its views serialise them.
 * Generated bindings may take the place of this file; nothing but `src/ipc` names it.
 * Dates are ISO civil dates, instants milliseconds UTC, money fen as a string of digits.
 */
import type { CaseDetail, CaseRow, CaseState, EnterAct, Material, MaterialMark } from './contract/case'
import type { AppStatus, DeliveryStatus, SetupDone, SetupInput, SyncReport } from './contract/desk'
import type { AttachmentRef, DraftView, Paper } from './contract/file'
import type {
  FindingFilter,
  FindingPage,
  ImportOutcome,
  ImportProgress,
  ImportRunView,
} from './contract/import'
import type { AuthorityChoice, EnteredRecordView, EnterRecord, Facts, RecordView } from './contract/record'
import type { PackDocument, PackHead } from './contract/rule'
import type { SearchAnswer, SubjectFile } from './contract/subject'
import type { TrainingCommands } from './contract/training'
import type { ReceiveCases, ReceivedCases, VisitEnd, VisitView } from './contract/visit'

export type * from './contract/case'
export type * from './contract/desk'
export type * from './contract/file'
export type * from './contract/import'
export type * from './contract/record'
export type * from './contract/rule'
export type * from './contract/subject'
export type * from './contract/training'
export type * from './contract/visit'

type None = Record<string, never>

/** Every command of the shell: its arguments and its answer. */
export interface Commands extends TrainingCommands {
  app_status: { args: None; answer: AppStatus }
  app_set_up: { args: { input: SetupInput }; answer: SetupDone }
  /** The words are written down: the new counter may be worked at. */
  app_words_kept: { args: None; answer: AppStatus }
  app_unlock: { args: { passphrase: string | null; words: string | null }; answer: AppStatus }
  app_sign_in: { args: { account: string; password: string }; answer: AppStatus }
  app_sign_out: { args: None; answer: unknown }
  /** Opens the page; it is the one paper that is not kept. */
  recovery_sheet_print: { args: { words: string[] }; answer: unknown }

  delivery_status: { args: None; answer: DeliveryStatus }
  hub_enrol: { args: { url: string; code: string }; answer: DeliveryStatus }
  sync_now: { args: None; answer: SyncReport }

  subject_search: { args: { text: string; limit: number }; answer: SearchAnswer }
  subject_open: { args: { id: string }; answer: SubjectFile }
  record_open: { args: { record: string }; answer: RecordView }
  record_state_facts: { args: { record: string; facts: Facts }; answer: RecordView }
  record_enter: { args: { input: EnterRecord }; answer: EnteredRecordView }
  authority_choices: { args: None; answer: AuthorityChoice[] }

  visit_open: { args: { subject: string; queueNumber: string | null }; answer: string }
  visit_view: { args: { no: string }; answer: VisitView | null }
  visits_open: { args: None; answer: VisitView[] }
  visit_receive: { args: { input: ReceiveCases }; answer: ReceivedCases }
  visit_end: { args: { no: string; end: VisitEnd }; answer: unknown }

  /** Answers the instant it was kept at. */
  draft_save: { args: { key: string; json: string }; answer: number }
  draft_load: { args: { key: string }; answer: DraftView | null }
  draft_discard: { args: { key: string }; answer: unknown }
  attach_file: { args: { path: string }; answer: AttachmentRef }

  case_list: { args: { states: CaseState[] }; answer: CaseRow[] }
  case_view: { args: { no: string }; answer: CaseDetail | null }
  case_mark_material: { args: { no: string; code: Material['code']; mark: MaterialMark }; answer: unknown }
  case_enter_act: { args: { no: string; act: EnterAct }; answer: unknown }

  advice_print: { args: { record: string; visit: string | null }; answer: Paper }
  referral_print: { args: { record: string; visit: string | null }; answer: Paper }
  commitment_print: { args: { record: string; visit: string | null }; answer: Paper }
  visit_receipt_print: { args: { visit: string }; answer: Paper }
  case_print: { args: { no: string; kind: 'supplement_notice' | 'commitment' }; answer: Paper }
  /** Opens the PDF in the system's viewer. */
  paper_open: { args: { sha256: string }; answer: unknown }
  paper_save: { args: { sha256: string; path: string }; answer: unknown }

  import_start: {
    args: { path: string; onProgress: (progress: ImportProgress) => void }
    answer: ImportOutcome
  }
  import_cancel: { args: None; answer: unknown }
  /** The newest first. */
  import_runs: { args: { limit: number }; answer: ImportRunView[] }
  import_findings: { args: { run: string; filter: FindingFilter }; answer: FindingPage }
  import_findings_save: { args: { run: string; path: string }; answer: unknown }

  pack_list: { args: None; answer: PackHead[] }
  pack_view: { args: { id: string }; answer: PackDocument | null }

  /** Without an answer of its own it is done: what goes wrong is refused. */
  backup_save: { args: { path: string }; answer: { ok: boolean; problems: string[] } | null }

  /** The system's dialog; null when it was closed without a choice. */
  file_choose: { args: { extensions: string[] }; answer: string | null }
  file_save_choose: { args: { name: string; extensions: string[] }; answer: string | null }
}

export type CommandName = keyof Commands
export type Args<K extends CommandName> = Commands[K]['args']
export type Answer<K extends CommandName> = Commands[K]['answer']
