/** 双公示 files. */

export type FindingLevel = 'reject' | 'warn' | 'fixed' | 'late'
export type ImportKind = 'penalty' | 'permit' | 'mixed'

export interface Finding {
  sheet: string
  /** As a person sees it in the sheet. */
  row: number
  /** The header's text; empty where the whole row is meant. */
  column: string
  rule: string
  level: FindingLevel
  message: string
  original: string | null
  corrected: string | null
}

/** The answer of an import, in the words of the headless command. */
export interface ImportOutcome {
  /** Null where every row was there already, since then nothing was written. */
  run: string | null
  kind: ImportKind
  layout: string
  data_as_of: string | null
  read: number
  accepted: number
  accepted_with_warnings: number
  kept_for_check: number
  duplicates: number
  updated: number
  skipped: number
  merged: number
  findings: Finding[]
}

/** `read` is the sum of the five counts after it; `skipped` stands apart. */
export interface ImportCounts {
  read: number
  accepted: number
  acceptedWithWarnings: number
  keptForCheck: number
  duplicates: number
  updated: number
  skipped: number
}

export interface RuleCount {
  rule: string
  name: string
  level: FindingLevel
  count: number
}

export interface ImportRunView {
  id: string
  fileName: string
  kind: ImportKind
  layout: string
  dataAsOf: string | null
  importedAt: number
  importedBy: string
  counts: ImportCounts
  rules: RuleCount[]
}

export interface FindingFilter {
  rule: string | null
  level: FindingLevel | null
  offset: number
  limit: number
}

export interface FindingPage {
  findings: Finding[]
  total: number
}

export interface ImportProgress {
  rows: number
  /** How much of the file is read, in thousandths. */
  permille: number
}
