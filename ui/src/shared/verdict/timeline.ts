import { daysBetween } from '@/shared/time/dates'

/** What a publicity timeline is drawn from. */
export interface Span {
  decidedOn: string
  eligibleOn: string | null
  endsOn: string | null
  today: string
}

export type Phase = 'minimum' | 'open' | 'closed' | 'over'
export interface Stretch {
  phase: Phase
  from: number
  to: number
}
export interface Scale {
  stretches: Stretch[]
  /** Where the marks stand, 0 to 1. */
  eligible: number | null
  ends: number
  today: number | null
}

/** The share of the bar that stands for the time after the automatic end. */
const AFTER = 0.14

/** Phases and marks of a record as shares of the bar; null when there is no end to draw to. */
export function scaleOf({ decidedOn, eligibleOn, endsOn, today }: Span): Scale | null {
  if (endsOn === null) return null
  const total = daysBetween(decidedOn, endsOn)
  if (total <= 0) return null
  const over = daysBetween(endsOn, today) >= 0
  const width = over ? 1 - AFTER : 1
  const at = (day: string) => Math.min(1, Math.max(0, daysBetween(decidedOn, day) / total)) * width

  const eligible = eligibleOn === null ? null : at(eligibleOn)
  const stretches: Stretch[] = []
  if (eligible === null) stretches.push({ phase: 'closed', from: 0, to: width })
  else {
    if (eligible > 0) stretches.push({ phase: 'minimum', from: 0, to: eligible })
    if (eligible < width) stretches.push({ phase: 'open', from: eligible, to: width })
  }
  if (over) stretches.push({ phase: 'over', from: width, to: 1 })

  const before = daysBetween(decidedOn, today) < 0
  return {
    stretches,
    eligible: eligible !== null && eligible > 0 ? eligible : null,
    ends: width,
    today: before ? null : over ? 1 - AFTER / 2 : at(today),
  }
}

export interface Label {
  key: string
  text: string
  /** The mark it belongs to, in pixels. */
  at: number
}
export interface Placed extends Label {
  left: number
  width: number
  row: number
}

const GAP = 12

/** How wide a text will be: a Chinese character is one em, everything else a little over half. */
export function widthOf(text: string, em: number): number {
  let ems = 0
  for (const letter of text) ems += letter.charCodeAt(0) > 0x2e7f ? 1 : 0.58
  return Math.ceil(ems * em)
}

/** Puts labels over their marks inside `width`; one that would touch another goes to a row of its own. */
export function placeLabels(labels: Label[], width: number, em: number): Placed[] {
  const placed: Placed[] = []
  const order = [...labels].sort((a, b) => Number(centred(a, width)) - Number(centred(b, width)))
  for (const label of order) {
    const w = widthOf(label.text, em)
    const wanted = Math.min(Math.max(0, label.at - w / 2), Math.max(0, width - w))
    for (let row = 0; ; row++) {
      const left = freeSpot(placed, row, wanted, w, width, label.at)
      if (left !== null) {
        placed.push({ ...label, left, width: w, row })
        break
      }
    }
  }
  return placed
}

function centred(label: Label, width: number): boolean {
  return label.at > 1 && label.at < width - 1
}

/** The place nearest to `wanted` that is free in a row and still near its mark. */
function freeSpot(
  placed: Placed[],
  row: number,
  wanted: number,
  w: number,
  width: number,
  at: number,
): number | null {
  const taken = placed.filter((p) => p.row === row)
  const free = (left: number) =>
    left >= 0 &&
    left + w <= Math.max(width, w) &&
    taken.every((p) => left + w + GAP <= p.left || left >= p.left + p.width + GAP)
  const near = (left: number) => left - GAP <= at && left + w + GAP >= at
  const spots = [wanted, ...taken.flatMap((p) => [p.left + p.width + GAP, p.left - GAP - w])]
  const usable = spots.filter((left) => free(left) && near(left))
  usable.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
  return usable[0] ?? null
}

/** Where a phase's name fits under its stretch without touching today's mark; null when nowhere. */
export function placePhase(
  from: number,
  to: number,
  w: number,
  mark: [number, number] | null,
): number | null {
  const gaps: [number, number][] =
    mark === null || mark[1] < from || mark[0] > to
      ? [[from, to]]
      : [
          [from, mark[0]],
          [mark[1], to],
        ]
  const best = gaps.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0]
  if (best === undefined || best[1] - best[0] < w + 8) return null
  return (best[0] + best[1]) / 2 - w / 2
}
