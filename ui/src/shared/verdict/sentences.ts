import { say } from '@/i18n'
import type { AssessmentView, Door } from '@/ipc'
import { daysBetween, parts } from '@/shared/time/dates'

function spelled(iso: string): string {
  return say('ui.longDate', parts(iso))
}

export function doorName(door: Door | null): string {
  return say(`term.door_${door ?? 'unknown'}`)
}

/** The one sentence under the verdict's word: the date that matters, or what stands in the way. */
export function sentences(assessment: AssessmentView, today: string): string[] {
  const { verdict, eligibleOn, endsOn } = assessment
  const daysLeft = endsOn === null ? -1 : daysBetween(today, endsOn)
  const untilEnd = daysLeft > 0 ? [say('verdict.untilEnd', { days: daysLeft })] : []
  switch (verdict) {
    case 'eligible':
      return [...(eligibleOn ? [say('verdict.since', { date: spelled(eligibleOn) })] : []), ...untilEnd]
    case 'not_yet':
      return eligibleOn
        ? [say('verdict.waitDays', { date: spelled(eligibleOn), days: daysBetween(today, eligibleOn) })]
        : []
    case 'conditions_missing': {
      const lacks = assessment.missing.map((m) => say(`term.missing_${m}`)).join(say('ui.comma'))
      const later = eligibleOn !== null && daysBetween(today, eligibleOn) > 0
      return [
        say('verdict.lacks', { what: lacks }),
        later ? say('verdict.afterTime', { date: spelled(eligibleOn) }) : say('verdict.afterTimeNow'),
      ]
    }
    case 'not_repairable':
      return endsOn ? [say('verdict.untilOnly', { date: spelled(endsOn) })] : []
    case 'not_published':
      return [say('verdict.notPublishedHint')]
    case 'ended':
      return endsOn ? [say('verdict.endedOn', { date: spelled(endsOn) })] : []
    case 'refer':
      return [say('verdict.referTo', { door: doorName(assessment.frontDoor) })]
    case 'undetermined':
      return [say('verdict.undeterminedHint')]
  }
}

/** The few words that stand at the end of a row in a list. */
export function shortNote(assessment: AssessmentView, today: string): string {
  const { verdict, eligibleOn, endsOn } = assessment
  if (verdict === 'conditions_missing')
    return say('verdict.lacks', {
      what: assessment.missing.map((m) => say(`term.missing_${m}`)).join(say('ui.comma')),
    })
  if (verdict === 'not_yet' && eligibleOn) return say('timeline.eligible', { date: eligibleOn })
  if (verdict === 'refer') return doorName(assessment.frontDoor)
  if (verdict === 'eligible' && endsOn && daysBetween(today, endsOn) > 0)
    return say('timeline.ends', { date: endsOn })
  if (endsOn) return say('timeline.ends', { date: endsOn })
  return ''
}
