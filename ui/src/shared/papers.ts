import { say } from '@/i18n'
import { call, type Answer, type Paper } from '@/ipc'
import { announce } from './feedback/announce'
import { announceRefusal } from './feedback/refusal'

type PrintCommand = 'advice_print' | 'referral_print' | 'commitment_print'

/** Issues a paper about a record, keeps it, and opens it for printing. */
export async function printForRecord(command: PrintCommand, record: string): Promise<Paper | null> {
  try {
    const paper: Answer<PrintCommand> = await call(command, { record })
    await openPaper(paper)
    return paper
  } catch (thrown) {
    announceRefusal(thrown)
    return null
  }
}

/** Opens a paper that was issued, the same bytes again. */
export async function openPaper(paper: Paper): Promise<void> {
  try {
    await call('paper_open', { id: paper.id })
    announce(say('paper.opened', { title: paper.title }))
  } catch (thrown) {
    announceRefusal(thrown)
  }
}
