import { call } from '@/ipc'
import { dayOf } from '@/shared/time/dates'
import { draftKey, loadDraft, newDraft } from './draft'

export interface Visitor {
  id: string
  name: string
  uscc: string | null
}

/**
 * Begins a visit and answers its number. Where the same subject's visit of today is still under way, that one goes on,
 * so that a second press or a second record makes no second visit.
 */
export async function beginVisit(
  visitor: Visitor,
  today: string,
  more: { record?: string; queueNumber?: string } = {},
): Promise<string> {
  const running = (await call('visits_open')).find(
    (visit) =>
      visit.subjectName === visitor.name &&
      visit.uscc === visitor.uscc &&
      dayOf(visit.openedAt) === today &&
      visit.cases.length === 0,
  )
  const queueNumber = more.queueNumber?.trim() || null
  const no = running?.no ?? (await call('visit_open', visitor.id, queueNumber))
  const draft = (await loadDraft(no))?.draft ?? newDraft(visitor.id)
  if (more.record !== undefined && !draft.records.includes(more.record)) draft.records.push(more.record)
  await call('draft_save', draftKey(no), JSON.stringify({ ...draft, subject: visitor.id }))
  return no
}
