import { call, type AgentCapacity, type AuthorityProof, type MaterialMark } from '@/ipc'

export const steps = ['subject', 'agent', 'records', 'materials', 'check', 'print'] as const
export type Step = (typeof steps)[number]

/** Who came, as typed so far. */
export interface AgentTyped {
  name: string
  capacity: AgentCapacity | null
  identity: 'yes' | 'no' | null
  authority: AuthorityProof | null
  idNumber: string
  phone: string
  /** Numbers left blank are those of the same person at this visit. */
  asAtVisit: string | null
  /** Those numbers, the middle hidden. */
  idMasked: string | null
  phoneMasked: string | null
}

/** A visit before its papers are taken in. It lives in the drafts, outside the chain. */
export interface VisitDraft {
  /** The subject's number at this counter; a visit itself names it only by name and code. */
  subject: string
  step: Step
  agent: AgentTyped
  /** The records to be received, in the order they were chosen. */
  records: string[]
  /** The records for which only a slip was issued. */
  advised: string[]
  /** How the papers stand, by record and code. */
  marks: Record<string, Record<string, MaterialMark>>
}

export function newAgent(): AgentTyped {
  return {
    name: '',
    capacity: null,
    identity: null,
    authority: null,
    idNumber: '',
    phone: '',
    asAtVisit: null,
    idMasked: null,
    phoneMasked: null,
  }
}

export function draftKey(no: string): string {
  return `visit:${no}`
}

export function newDraft(subject: string): VisitDraft {
  return {
    subject,
    step: 'agent',
    agent: newAgent(),
    records: [],
    advised: [],
    marks: {},
  }
}

/** The draft of a visit as it was last kept. */
export async function loadDraft(no: string): Promise<{ draft: VisitDraft; savedAt: number } | null> {
  const kept = await call('draft_load', draftKey(no))
  if (kept === null) return null
  const parsed = JSON.parse(kept.json) as Partial<VisitDraft>
  const agent = { ...newAgent(), ...parsed.agent }
  return { draft: { ...newDraft(''), ...parsed, agent }, savedAt: kept.savedAt }
}
