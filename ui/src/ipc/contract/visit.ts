/** Visits: who came, for which records, with which papers. */
import type { MaterialMark } from './case'
import type { IssuedDocument } from './file'
import type { Facts } from './record'

export type AgentCapacity = 'legal_representative' | 'agent'
export type AuthorityProof = 'original_seen' | 'copy' | 'not_shown'
export type VisitEnd = 'advice' | 'not_yet' | 'wrong_door' | 'no_record' | 'received' | 'continued'

export interface AgentInput {
  name: string
  capacity: AgentCapacity
  identityChecked: boolean
  authority: AuthorityProof
  idNumber: string | null
  phone: string | null
}

export interface AgentView {
  name: string
  capacity: AgentCapacity
  identityChecked: boolean
  authority: AuthorityProof
  idNumberMasked: string | null
  phoneMasked: string | null
}

export interface VisitView {
  no: string
  subjectName: string
  uscc: string | null
  queueNumber: string | null
  agent: AgentView | null
  cases: string[]
  documents: IssuedDocument[]
  end: VisitEnd | null
  openedAt: number
}

export interface CaseInput {
  record: string
  facts: Facts
  /** Those not named are missing. */
  materials: { code: string; mark: MaterialMark }[]
}

export interface ReceiveCases {
  visit: string
  agent: AgentInput
  cases: CaseInput[]
}

export interface ReceivedCases {
  visit: string
  cases: { no: string; record: string; gaps: string[] }[]
}
