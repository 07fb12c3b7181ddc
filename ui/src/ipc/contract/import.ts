/** 双公示 files. */

export type FindingLevel = 'reject' | 'warn' | 'fixed' | 'late'

export interface Finding {
  sheet: string
  /** As a person sees it in the sheet. */
  row: number
  /** The header's text; null when it is about the whole row. */
  column: string | null
  rule: string
  level: FindingLevel
  message: string
  original: string | null
  corrected: string | null
}

/** `read` is the sum of the five counts after it; `skipped` stands apart. */
export interface ImportSummary {
  kind: 'penalty' | 'permit' | 'mixed'
  layout: string
  read: number
  accepted: number
  acceptedWithWarnings: number
  keptForCheck: number
  duplicates: number
  updated: number
  skipped: number
  findings: Finding[]
  fileName: string
}

export interface ImportProgress {
  read: number
  total: number | null
}
