import { say } from '@/i18n'
import { call, type AttachmentRef, type Paper } from '@/ipc'
import { announce } from './feedback/announce'
import { announceRefusal } from './feedback/refusal'

/** A paper about a record, before there is a case. */
export type RecordPaper = 'advice_print' | 'referral_print' | 'commitment_print' | 'bankruptcy_print'

/** What has to be known of a paper to show it again. */
export interface KeptPaper {
  sha256: string
  title: string
  /** The name it was issued with. */
  fileName: string
}

/** Issues a paper, which keeps it, and opens it for printing; null when it was not issued. */
export async function issue(print: () => Promise<Paper>): Promise<Paper | null> {
  try {
    const paper = await print()
    await openPaper(paper)
    return paper
  } catch (thrown) {
    announceRefusal(thrown)
    return null
  }
}

/** Issues a paper about a record; on the visit the applicant is here for, or as a visit of its own. */
export function printForRecord(
  command: RecordPaper,
  record: string,
  visit: string | null = null,
): Promise<Paper | null> {
  return issue(() => call(command, record, visit))
}

/** Opens a paper that was issued, the same bytes again. */
export async function openPaper(paper: KeptPaper): Promise<void> {
  try {
    await call('paper_open', paper.sha256, paper.fileName)
    announce(say('paper.opened', { title: paper.title }))
  } catch (thrown) {
    announceRefusal(thrown)
  }
}

/** Opens a scan that was taken in. */
export async function openScan(scan: AttachmentRef): Promise<void> {
  try {
    await call('paper_open', scan.sha256, scan.name)
  } catch (thrown) {
    announceRefusal(thrown)
  }
}

/** Writes a paper that was issued to a place the clerk chooses. */
export async function savePaper(paper: KeptPaper): Promise<void> {
  try {
    const path = await call('file_save_choose', paper.fileName, ['pdf'])
    if (path === null) return
    await call('paper_save', paper.sha256, path)
    announce(say('paper.stored', { title: paper.title }))
  } catch (thrown) {
    announceRefusal(thrown)
  }
}
