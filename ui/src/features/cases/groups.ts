import type { CaseState } from '@/ipc'

/** How cases are put together in the list. */
export type CaseGroup = 'all' | 'counter' | 'authority' | 'result' | 'over'

export const groupStates: Record<CaseGroup, CaseState[]> = {
  all: [],
  counter: ['received', 'gaps_open'],
  authority: ['submitted', 'accepted'],
  result: ['decided', 'declined', 'taken_down'],
  over: ['withdrawn', 'referred', 'closed', 'voided'],
}

export const groups = Object.keys(groupStates) as CaseGroup[]
