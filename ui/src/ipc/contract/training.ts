/** Classes, exams and certificates. */
import type { Delivery } from './case'

type None = Record<string, never>

export type ClassKind = 'public' | 'market'
export type TraineePosition = 'legal_representative' | 'chief_officer' | 'authorised_executive'
export type ExamStage = 'drawn' | 'running' | 'handed_in' | 'scored'
export type IncidentKind = 'focus_lost' | 'left_full_screen' | 'crashed' | 'other'
export type HandInReason = 'trainee' | 'time_over' | 'proctor'
export type QuestionKind = 'single' | 'multiple' | 'true_false'
export type CertificateState = 'provisional' | 'final' | 'revoked'
export type LeftOutReason =
  'withdrawn' | 'identity_not_checked' | 'absent' | 'session_open' | 'passed' | 'retakes_exhausted'
export type WithoutReason = 'withdrawn' | 'not_passed' | 'already_issued'

/** How an exam is set; each figure is the organizer's. */
export interface ExamTemplate {
  bank: string
  questionCount: number
  minutes: number
  pointsPerQuestion: number
  passMark: number
  retakesAllowed: number
}

export interface OpenClass {
  title: string
  kind: ClassKind
  host: string
  coHosts: string[]
  teachingBody: string
  issuingBody: string
  place: string
  startsOn: string
  hours: number
  exam: ExamTemplate
}

export interface ClassListItem {
  no: string
  title: string
  kind: ClassKind
  host: string
  place: string
  startsOn: string
  hours: number
  trainees: number
  closedOn: string | null
}

export interface AttendanceMark {
  on: string
  present: boolean
}

export interface Attendance {
  trainee: string
  present: boolean
}

export interface SittingItem {
  no: string
  /** 1 for the first. */
  attempt: number
  stage: ExamStage
  score: number | null
  passed: boolean | null
}

export interface TraineeView {
  id: string
  name: string
  position: TraineePosition
  subjectName: string
  uscc: string | null
  idNumberMasked: string | null
  identityChecked: boolean
  attendance: AttendanceMark[]
  withdrawn: string | null
  sittings: SittingItem[]
  sittingsLeft: number
  certificate: { no: string; state: CertificateState } | null
}

export interface ClassView extends OpenClass {
  no: string
  fullScore: number
  closedOn: string | null
  delivery: Delivery
  /** Everybody who was ever on the list. */
  trainees: TraineeView[]
}

export interface EnrolTrainee {
  class: string
  name: string
  position: TraineePosition
  subjectName: string
  uscc: string
  idNumber: string | null
  identityChecked: boolean
}

export interface DrawnPaper {
  session: string
  trainee: string
  name: string
  attempt: number
  seed: string
  questions: number
}

export interface DrawnPapers {
  sessions: DrawnPaper[]
  leftOut: { trainee: string; name: string; reason: LeftOutReason }[]
}

export interface IncidentView {
  kind: IncidentKind
  detail: string | null
  elapsedMs: number
  outageMs: number | null
  at: number
}

export interface SittingResult {
  score: number
  passed: boolean
}

export interface RoomItem {
  no: string
  traineeName: string
  subjectName: string
  attempt: number
  stage: ExamStage
  answered: number
  questions: number
  leftMs: number
  incidents: IncidentView[]
  result: SittingResult | null
}

export interface PaperChoice {
  /** What an answer names it by; the order of the list is that of this paper. */
  place: number
  text: string
}

export interface PaperQuestion {
  id: string
  kind: QuestionKind
  text: string
  choices: PaperChoice[]
  /** Places; empty when it is not answered. */
  given: number[]
  marked: boolean
  /** Only once the paper is marked. */
  review: { right: boolean; answer: number[]; explanation: string } | null
}

export interface SittingView {
  no: string
  class: string
  classTitle: string
  trainee: string
  traineeName: string
  subjectName: string
  attempt: number
  stage: ExamStage
  minutes: number
  leftMs: number
  outOf: number
  passMark: number
  seed: string
  questions: PaperQuestion[]
  incidents: IncidentView[]
  handedIn: HandInReason | null
  result: SittingResult | null
  delivery: Delivery
}

export interface KeptAnswer {
  savedAt: number
  leftMs: number
}

export interface ResumedExam {
  elapsedMs: number
  leftMs: number
  outageMs: number
  /** The question to show. */
  question: string | null
}

export interface ExamOutcome {
  session: string
  score: number
  outOf: number
  passMark: number
  passed: boolean
  right: number
  unanswered: number
}

export interface IssuedCertificates {
  certificates: {
    no: string
    trainee: string
    name: string
    subjectName: string
    score: number
    qrText: string
  }[]
  leftOut: { trainee: string; name: string; reason: WithoutReason }[]
}

export interface CertificateListItem {
  no: string
  state: CertificateState
  class: string
  traineeName: string
  subjectName: string
  uscc: string | null
  issuedOn: string
  revokedOn: string | null
  delivery: Delivery
}

export type VerificationStatus = 'final' | 'provisional' | 'revoked' | 'unknown_key' | 'invalid'
export type VerificationReason =
  | 'countersigned'
  | 'key_in_force'
  | 'certificate_revoked'
  | 'key_revoked'
  | 'key_not_in_force'
  | 'key_unknown'
  | 'bad_signature'
  | 'unreadable'

export interface CertificateClaims {
  number: string
  name: string
  uscc: string | null
  trainee: string
  class: string
  examOn: string
  hours: number
  score: number
  issuedOn: string
}

export interface SlipClaims {
  number: string
  name: string
  uscc: string | null
  issuedOn: string
  cases: { case: string; gaps: string[] }[]
}

export interface VerificationView {
  status: VerificationStatus
  reason: VerificationReason
  listAgeDays: number
  /** Too old to say that nothing was revoked since, or there is no list. */
  listStale: boolean
  certificate: CertificateClaims | null
  slip: SlipClaims | null
}

export interface ValueRef {
  pack: string
  key: string
}

export interface QuestionBankView {
  id: string
  title: string
  hash: string
  /** How many may be asked today. */
  drawable: number
  questions: {
    id: string
    kind: QuestionKind
    text: string
    choices: string[]
    answer: number[]
    explanation: string
    cites: ValueRef[]
    withheld: {
      value: ValueRef
      standing: 'verified' | 'secondary' | 'recalled' | 'changed' | 'superseded' | 'unknown'
    } | null
  }[]
}

/** The commands of the training and exam screens. */
export interface TrainingCommands {
  class_list: { args: None; answer: ClassListItem[] }
  class_template: { args: None; answer: ExamTemplate }
  /** Answers the number of the class. */
  class_open: { args: { input: OpenClass }; answer: string }
  class_view: { args: { no: string }; answer: ClassView | null }
  /** Answers the trainee's id in the class. */
  class_enrol: { args: { input: EnrolTrainee }; answer: string }
  class_withdraw: { args: { classNo: string; trainee: string; reason: string }; answer: unknown }
  class_attendance: { args: { classNo: string; on: string; attendance: Attendance[] }; answer: unknown }
  class_close: { args: { classNo: string; note: string | null }; answer: unknown }

  exam_draw: { args: { classNo: string }; answer: DrawnPapers }
  exam_room: { args: { classNo: string }; answer: RoomItem[] }
  exam_sitting: { args: { no: string }; answer: SittingView | null }
  exam_start: { args: { no: string }; answer: unknown }
  exam_resume: { args: { no: string }; answer: ResumedExam }
  /** Whether the clock of a sitting runs; false after a crash. */
  exam_running: { args: { no: string }; answer: boolean }
  exam_answer: { args: { no: string; question: string; choices: number[] }; answer: KeptAnswer }
  exam_mark_review: { args: { no: string; question: string; marked: boolean }; answer: unknown }
  exam_incident: { args: { no: string; kind: IncidentKind; detail: string | null }; answer: unknown }
  /** Keeps the time left and answers the time used, ms. */
  exam_tick: { args: { no: string }; answer: number }
  exam_hand_in: { args: { no: string; reason: HandInReason }; answer: ExamOutcome }

  certificate_issue: { args: { classNo: string }; answer: IssuedCertificates }
  certificate_list: { args: { classNo: string | null }; answer: CertificateListItem[] }
  /** Opens the PDF in the system's viewer. */
  certificate_open: { args: { no: string }; answer: unknown }
  verify_text: { args: { text: string }; answer: VerificationView }
  verify_pdf: { args: { path: string }; answer: VerificationView }
  question_bank: { args: None; answer: QuestionBankView }

  /** Sets the window full screen or back, or only asks with null; answers whether it is. */
  window_full_screen: { args: { on: boolean | null }; answer: boolean }
}
