import { i18n, say } from '@/i18n'
import type { LaneKind } from '@/ipc'

/** What was done, in the field's words. */
export function wordOfChange(kind: string): string {
  return say(`change.${kind}`)
}

/** The sentence for a reason the reducer gives, with the state or the act it names in words. */
export function reasonSentence(code: string, detail: string, lane: LaneKind): string {
  const state = `case.state_${detail}`
  const named =
    code === 'contradiction' ? `change.${detail}` : code === 'wrong_state' && lane === 'case' ? state : ''
  const known = named !== '' && (i18n.global.te(named) || i18n.global.te(named, 'zh-CN'))
  return say(`refusal.${code}`, { detail: known ? say(named) : detail })
}
