/** Papers, scans and drafts. */

export interface AttachmentRef {
  sha256: string
  name: string
  mediaType: string
  length: number
}

export type DocumentKind =
  | 'acceptance_receipt'
  | 'supplement_notice'
  | 'commitment'
  | 'advice_slip'
  | 'referral_slip'
  | 'authorization'
  | 'training_certificate'
  | 'recovery_sheet'

/** A paper that was just issued. */
export interface Paper {
  kind: DocumentKind
  title: string
  number: string | null
  sha256: string
  fileName: string
}

/** A paper as its lane keeps it. */
export interface IssuedDocument {
  kind: DocumentKind
  number: string
  file: AttachmentRef
  pack: string | null
}

export interface DraftView {
  json: string
  savedAt: number
}
