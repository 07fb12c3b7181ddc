import { describe, expect, test } from 'vitest'
import { placeLabels, scaleOf, widthOf } from '../src/shared/verdict/timeline'

describe('the publicity timeline', () => {
  test('runs from the decision over the first day of application to the automatic end', () => {
    const scale = scaleOf({
      decidedOn: '2026-05-10',
      eligibleOn: '2026-08-11',
      endsOn: '2027-05-11',
      today: '2026-11-24',
    })
    expect(scale?.stretches.map((s) => s.phase)).toEqual(['minimum', 'open'])
    expect(scale?.eligible).toBeCloseTo(93 / 366)
    expect(scale?.today).toBeCloseTo(198 / 366)
  })

  test('a record that cannot be repaired has one closed stretch', () => {
    const scale = scaleOf({
      decidedOn: '2021-01-01',
      eligibleOn: null,
      endsOn: '2024-01-02',
      today: '2022-01-01',
    })
    expect(scale?.stretches.map((s) => s.phase)).toEqual(['closed'])
  })

  test('after the automatic end today stands in a stretch of its own', () => {
    const scale = scaleOf({
      decidedOn: '2024-04-02',
      eligibleOn: '2024-07-03',
      endsOn: '2025-04-03',
      today: '2026-11-24',
    })
    expect(scale?.stretches.at(-1)?.phase).toBe('over')
    expect(scale?.today).toBeGreaterThan(scale?.ends ?? 1)
  })

  test('without an end there is nothing to draw', () => {
    expect(
      scaleOf({ decidedOn: '2026-01-01', eligibleOn: null, endsOn: null, today: '2026-02-01' }),
    ).toBeNull()
  })

  test('labels never overlap and never leave the bar, wherever the mark stands', () => {
    for (let width = 360; width <= 960; width += 40)
      for (let share = 0; share <= 1; share += 0.02) {
        const placed = placeLabels(
          [
            { key: 'decided', text: '2026-05-10 决定', at: 0 },
            { key: 'ends', text: '2027-05-11 停止公示', at: width },
            { key: 'eligible', text: '2026-08-11 可申请', at: share * width },
          ],
          width,
          13,
        )
        for (const a of placed) {
          expect(a.left).toBeGreaterThanOrEqual(0)
          expect(a.left + a.width).toBeLessThanOrEqual(width)
          for (const b of placed)
            if (a !== b && a.row === b.row)
              expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true)
        }
      }
  })

  test('a Chinese character is as wide as it is high', () => {
    expect(widthOf('可申请', 13)).toBe(39)
  })
})
