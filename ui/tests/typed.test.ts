import { expect, test } from 'vitest'
import { answered } from '../src/features/credit/questions'
import { ageOf } from '../src/shared/delivery'
import { groupCode, parseYuan, yuan } from '../src/shared/format'
import { parseDate } from '../src/shared/time/dates'

test.each([
  ['2026-11-24', '2026-11-24'],
  ['20261124', '2026-11-24'],
  ['2026/11/24', '2026-11-24'],
  ['2026.1.4', '2026-01-04'],
  ['2026年1月4日', '2026-01-04'],
  ['２０２６－１１', null],
  ['2026-02-30', null],
  ['24/11/2026', null],
  ['', null],
])('a date typed as %s is read as %s', (typed, iso) => {
  expect(parseDate(typed)).toBe(iso)
})

test.each([
  ['30000', '3000000'],
  ['30,000.00 元', '3000000'],
  ['0.5', '50'],
  ['3万', '3000000'],
  ['1.234', null],
  ['三万', null],
])('an amount typed as %s is %s fen', (typed, fen) => {
  expect(parseYuan(typed)).toBe(fen)
})

test.each([
  ['3000000', '30,000.00'],
  ['5', '0.05'],
  ['123456789012', '1,234,567,890.12'],
])('%s fen is shown as %s yuan', (fen, shown) => {
  expect(yuan(fen)).toBe(shown)
})

test('a credit code is grouped so that it can be read aloud', () => {
  expect(groupCode('91440104MA59XKQ27P')).toBe('9144 0104 MA59 XKQ2 7P')
})

test('the delivery mark ages from blue over amber to red', () => {
  const hour = 3_600_000
  expect([null, 0.5, 5, 30].map((h) => ageOf(h === null ? null : 100 * hour - h * hour, 100 * hour))).toEqual(
    ['none', 'fresh', 'today', 'old'],
  )
})

test('an answer is taken back by giving it again', () => {
  const none = {
    fulfilled: null,
    rectified: null,
    committed: null,
    published: null,
    listedSerious: null,
    seriousByAuthority: null,
    procedure: null,
    domain: null,
  }
  const yes = answered(none, 'listed_serious', 'yes')
  expect(yes.listedSerious).toBe(true)
  expect(answered(yes, 'listed_serious', 'yes').listedSerious).toBeNull()
  expect(answered(none, 'procedure', 'simple').procedure).toBe('simple')
})
