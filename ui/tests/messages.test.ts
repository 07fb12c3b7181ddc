import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../src')

function messages(locale: string): Map<string, string> {
  const folder = join(root, 'i18n', locale)
  return new Map(
    readdirSync(folder).flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>).map(
        ([key, text]) => [`${file.replace('.json', '')}.${key}`, text] as const,
      ),
    ),
  )
}

function sources(extension: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension))
    .map((path) => join(root, path))
}

const chinese = messages('zh-CN')
const english = messages('en')

describe('messages', () => {
  test('both languages have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  test('a sentence takes the same values in both languages', () => {
    const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
    for (const [key, text] of chinese) expect(values(english.get(key) ?? ''), key).toEqual(values(text))
  })

  test('every key that a screen names exists', () => {
    const missing = [...sources('.vue'), ...sources('.ts')].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\b(?:t|say)\(\s*'([a-z]+\.\w+)'/g)]
        .map((m) => m[1] ?? '')
        .filter((key) => !chinese.has(key))
        .map((key) => `${file}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  test('no template holds a Chinese word of its own', () => {
    const found = sources('.vue').filter((file) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
      return /[\u4e00-\u9fff\uff01-\uff5e]/.test(template.replace(/<!--[\s\S]*?-->/g, ''))
    })
    expect(found).toEqual([])
  })

  test('a case that is only saved here is never called done', () => {
    expect(chinese.get('delivery.saved')).toBe('已保存(本机)')
    expect(chinese.get('delivery.delivered')).toBe('已送达区信用平台')
    expect([...chinese.values()].filter((text) => text === '完成' || text === '已完成')).toEqual([])
  })
})

test('everything that can be done has a word', () => {
  const core = join(root, '../../crates/counter-core/src')
  const kinds = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.rs'))
    .flatMap((path) => {
      const source = readFileSync(join(core, path), 'utf8')
      const body = /pub fn kind\(&self\) -> &'static str \{([\s\S]*?)\n {4}\}/.exec(source)?.[1] ?? ''
      return [...body.matchAll(/=> "(\w+)"/g)].map((found) => found[1] ?? '')
    })
  expect(kinds.length).toBeGreaterThan(30)
  expect([...kinds, 'change_withdrawn'].filter((kind) => !chinese.has(`change.${kind}`))).toEqual([])
})

test('every word the platform refuses with has a sentence', () => {
  const source = readFileSync(join(root, '../../crates/hub-api/src/refused.rs'), 'utf8')
  const words = [...source.matchAll(/Self::\w+ => "(\w+)"/g)].map((found) => found[1] ?? '')
  expect(words.length).toBeGreaterThan(10)
  expect(words.filter((word) => !chinese.has(`refusal.${word}`))).toEqual([])
})

test.each([
  ['store', '../../crates/counter-store/src/error.rs'],
  ['line', '../../crates/counter-sync/src/error.rs'],
  ['stick', '../../crates/hub-api/src/stick/mod.rs'],
])('every word of the %s has a sentence', (_, path) => {
  const source = readFileSync(join(root, path), 'utf8')
  const words = [...source.matchAll(/=> "(\w+)"|^ +"(stick_\w+)"/gm)].map(
    (found) => found[1] ?? found[2] ?? '',
  )
  expect(words.length).toBeGreaterThan(6)
  expect(words.filter((word) => !chinese.has(`refusal.${word}`))).toEqual([])
})

test('every state of the line has its word', () => {
  const source = readFileSync(join(root, 'ipc/bindings.ts'), 'utf8')
  const union = /^export type SyncState =([\s\S]*?);$/m.exec(source)?.[1] ?? ''
  const states = [...union.matchAll(/"(\w+)"/g)].map((found) => found[1] ?? '')
  expect(states).toHaveLength(5)
  expect(states.filter((state) => !chinese.has(`delivery.line_${state}`))).toEqual([])
})
