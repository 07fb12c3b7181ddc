import type { AssessmentView, Verdict } from '@/ipc'
import type { PillTone } from '@/shared/ui/StatusPill.vue'

/** The colour that repeats what the word says. Red only for what stops the applicant. */
export const toneOf: Record<Verdict, PillTone> = {
  eligible: 'ok',
  not_yet: 'wait',
  conditions_missing: 'stop',
  not_repairable: 'stop',
  not_published: 'info',
  ended: 'plain',
  refer: 'info',
  undetermined: 'unknown',
}

/** How the records of one subject are put together on its page. */
export type Group = 'today' | 'later' | 'incomplete' | 'elsewhere' | 'never' | 'open' | 'over'

export const groupOrder: Group[] = ['today', 'incomplete', 'later', 'elsewhere', 'open', 'never', 'over']

/** A record that should not be public at all can be dealt with today: by application or objection. */
export const groupOf: Record<Verdict, Group> = {
  eligible: 'today',
  not_published: 'today',
  not_yet: 'later',
  conditions_missing: 'incomplete',
  refer: 'elsewhere',
  not_repairable: 'never',
  undetermined: 'open',
  ended: 'over',
}

/** Whether the counter can take papers for this record today. */
export function canReceive(assessment: AssessmentView): boolean {
  return assessment.verdict === 'eligible' || assessment.verdict === 'conditions_missing'
}
