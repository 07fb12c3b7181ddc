import type { CaseRow, CaseState } from '@/ipc'

/** How cases are put together in the list. */
export type CaseGroup = 'all' | 'counter' | 'authority' | 'result' | 'over'

export const groupStates: Record<CaseGroup, CaseState[]> = {
  all: [],
  counter: ['received', 'gaps_open'],
  authority: ['submitted', 'accepted'],
  result: ['decided', 'declined', 'taken_down'],
  over: ['withdrawn', 'referred', 'closed'],
}

export const groups = Object.keys(groupStates) as CaseGroup[]

export function inGroup(row: CaseRow, group: CaseGroup): boolean {
  const states = groupStates[group]
  return states.length === 0 || states.includes(row.state)
}

/** Whether a row holds the text, in its number, its subject, its document or its authority. */
export function holds(row: CaseRow, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [row.no, row.subjectName, row.decisionNumber ?? '', row.authority ?? ''].some((field) =>
    field.toLowerCase().includes(wanted),
  )
}
