import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../src/shared/styles/tokens.css'), 'utf8')

function tokens(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const light = tokens(':root')
const dark = new Map([...light, ...tokens(":root[data-theme='dark']")])

const texts: [string, string[]][] = [
  ['ink', ['paper', 'surface', 'sunken', 'primary-soft']],
  ['ink-2', ['paper', 'surface', 'sunken', 'primary-soft']],
  ['ink-3', ['paper', 'surface', 'sunken']],
  ['primary', ['paper', 'surface', 'sunken', 'primary-soft']],
  ['primary-ink', ['primary', 'primary-hover']],
  ['ok', ['surface', 'ok-soft']],
  ['ok-ink', ['ok']],
  ['wait', ['surface', 'wait-soft']],
  ['stop', ['surface', 'stop-soft']],
  ['stop-ink', ['stop']],
  ['unknown', ['surface', 'unknown-soft']],
  ['info', ['surface', 'info-soft']],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, palette) => {
  test.each(texts.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    'text in %s can be read on %s',
    (ink, ground) => {
      expect(contrast(palette.get(ink) ?? '', palette.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(['field-line', 'focus'])('the line %s can be seen', (line) => {
    expect(contrast(palette.get(line) ?? '', palette.get('surface') ?? '')).toBeGreaterThanOrEqual(3)
  })
})
