/** Civil dates as ISO text. The zone of every counter is Asia/Shanghai. */

const DAY = 86_400_000

function utc(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`)
}

/** Reads a date as people type it: 2026-11-24, 20261124, 2026/11/24, 2026.11.24, 2026年11月24日. */
export function parseDate(text: string): string | null {
  const plain = text
    .trim()
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  const found =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    /^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?$/.exec(plain)
  if (!found) return null
  const [, year, month, day] = found
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const at = utc(iso)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === iso ? iso : null
}

/** Whole days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / DAY)
}

/** Year, month and day as numbers, for messages that spell a date out. */
export function parts(iso: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return { year, month, day }
}

/** `08-11`, for marks on a bar whose year is clear. */
export function monthDay(iso: string): string {
  return iso.slice(5)
}

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const dayFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** `14:03` at the counter. */
export function clock(at: number): string {
  return clockFormat.format(at)
}

/** The civil date of an instant at the counter. */
export function dayOf(at: number): string {
  const part = Object.fromEntries(dayFormat.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part.year}-${part.month}-${part.day}`
}

/** `2026-11-24 14:03` at the counter. */
export function dayAndClock(at: number): string {
  return `${dayOf(at)} ${clock(at)}`
}
