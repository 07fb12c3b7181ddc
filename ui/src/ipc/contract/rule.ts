/** Rule packs. */
import type { SourceStatus } from './record'

export interface PackHead {
  id: string
  title: string
  document: string
  effectiveFrom: string
  effectiveTo: string | null
  inForce: boolean
  values: number
  /** How many of them are recalled or stand in conflict. */
  doubtful: number
}

/** Serialised with the names of the rule packs themselves. */
export interface CitedValue {
  pack: string
  key: string
  label: string
  display: string
  source: string
  article: string
  status: SourceStatus
  seen_in: string | null
  conflict: string | null
  note: string | null
  verified_by: string | null
  verified_on: string | null
  effective_from: string
  effective_to: string | null
  corrected: boolean
}

export interface PackDocument {
  head: PackHead
  values: CitedValue[]
}
