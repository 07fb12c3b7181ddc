import type { RecordView } from '@/ipc'
import { daysBetween } from '@/shared/time/dates'

/** One time axis under all records of a subject, so that their bars can be compared. */
export interface Axis {
  from: string
  to: string
  years: { year: number; at: number }[]
  today: number
}

const MARGIN_DAYS = 20

function shifted(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** From the earliest decision to the latest end, today included. */
export function axisOf(records: RecordView[], today: string): Axis | null {
  const days = records
    .flatMap((r) => [r.decidedOn, r.assessment.endsOn])
    .filter((day): day is string => day !== null)
  if (days.length === 0) return null
  const sorted = [...days, today].sort()
  const from = shifted(sorted[0] ?? today, -MARGIN_DAYS)
  const to = shifted(sorted[sorted.length - 1] ?? today, MARGIN_DAYS)
  const share = (day: string) => daysBetween(from, day) / daysBetween(from, to)
  const years = []
  for (let year = Number(from.slice(0, 4)) + 1; year <= Number(to.slice(0, 4)); year++)
    years.push({ year, at: share(`${year}-01-01`) })
  const now = share(today)
  return { from, to, years: readable(years, now), today: now }
}

/** Room for one label on the axis, as a share of it. */
const ROOM = 0.2

/** Leaves out the years that would stand on one another or on today's mark. */
function readable(years: { year: number; at: number }[], today: number): { year: number; at: number }[] {
  const kept: { year: number; at: number }[] = []
  for (const mark of years) {
    const last = kept[kept.length - 1]
    const free = last === undefined || mark.at - last.at >= ROOM
    if (free && Math.abs(mark.at - today) >= ROOM) kept.push(mark)
  }
  return kept
}

export interface Strip {
  phase: 'minimum' | 'open' | 'closed'
  left: number
  width: number
}

/** The phases of one record as shares of the axis. */
export function stripsOf(record: RecordView, axis: Axis): Strip[] {
  const { eligibleOn, endsOn } = record.assessment
  if (record.decidedOn === null || endsOn === null) return []
  const share = (day: string) => daysBetween(axis.from, day) / daysBetween(axis.from, axis.to)
  const strip = (phase: Strip['phase'], from: string, to: string): Strip => ({
    phase,
    left: share(from),
    width: share(to) - share(from),
  })
  if (eligibleOn === null) return [strip('closed', record.decidedOn, endsOn)]
  const turn = eligibleOn < endsOn ? eligibleOn : endsOn
  return [strip('minimum', record.decidedOn, turn), strip('open', turn, endsOn)].filter((s) => s.width > 0)
}
