import { say } from '@/i18n'
import type { CaseState, DecisionOutcome } from '@/ipc'
import type { PillTone } from '@/shared/ui/StatusPill.vue'

const tones: Record<CaseState, PillTone> = {
  received: 'info',
  gaps_open: 'stop',
  submitted: 'info',
  accepted: 'wait',
  declined: 'stop',
  decided: 'ok',
  taken_down: 'ok',
  withdrawn: 'plain',
  referred: 'plain',
  closed: 'plain',
  voided: 'plain',
}

type Stated = { state: CaseState; outcome?: DecisionOutcome | null }

export function toneOfState({ state, outcome }: Stated): PillTone {
  return state === 'decided' && outcome === 'refused' ? 'stop' : tones[state]
}

/** The state in a word; a decision says which way it went. */
export function wordOfState({ state, outcome }: Stated): string {
  return state === 'decided' && outcome ? say(`case.decided_${outcome}`) : say(`case.state_${state}`)
}
