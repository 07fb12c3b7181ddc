/** Subjects and their credit files. */
import type { CaseRow } from './case'
import type { RecordView } from './record'

export interface SubjectHit {
  id: string
  uscc: string | null
  name: string
  formerNames: string[]
  penalties: number
  permits: number
  /** Made up, for practice. */
  demo: boolean
}

export interface SearchAnswer {
  hits: SubjectHit[]
  /** There are more than were asked for. */
  more: boolean
  dataAsOf: string | null
  source: string | null
}

export interface PermitView {
  id: string
  docNo: string | null
  title: string
  authority: string | null
  validFrom: string | null
  validTo: string | null
  keptForCheck: boolean
  source: string
  dataAsOf: string | null
}

export interface SubjectFile {
  id: string
  uscc: string | null
  name: string
  formerNames: string[]
  demo: boolean
  penalties: RecordView[]
  permits: PermitView[]
  cases: CaseRow[]
  dataAsOf: string | null
  assessedOn: string
}
