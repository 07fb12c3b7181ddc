import { beforeEach, expect, test } from 'vitest'
import { useTransport, type Transport } from '@/ipc'
import { actKey, giveBack, keepEntered } from '@/shared/act/given-back'

/** The drafts of a shell whose clock moves on with every one that is kept. */
let drafts: Map<string, { json: string; savedAt: number }>
let now = 0

beforeEach(() => {
  drafts = new Map()
  now = 1000
  const call = (name: string, key: string, json: string) => {
    if (name === 'draft_save') drafts.set(key, { json, savedAt: (now += 10) })
    if (name === 'draft_discard') drafts.delete(key)
    return Promise.resolve(name === 'draft_load' ? (drafts.get(key) ?? null) : null)
  }
  useTransport({ call } as unknown as Transport)
})

const inForm = (no: string): unknown => JSON.parse(drafts.get(actKey(no))?.json ?? 'null')

test('an act taken back stands in its form again, once', async () => {
  const madeAt = now
  await keepEntered('YX-1', { act: 'submit', typed: { number: 'A1' } })
  await giveBack('YX-1', madeAt)
  expect(inForm('YX-1')).toEqual({ act: 'submit', typed: { number: 'A1' } })
  drafts.delete(actKey('YX-1'))
  await giveBack('YX-1', madeAt)
  expect(inForm('YX-1')).toBeNull()
})

test('what was typed for another case, or for an act before this one, stays out of the form', async () => {
  await keepEntered('YX-1', { act: 'submit', typed: { number: 'A1' } })
  await giveBack('YX-2', 0)
  expect(inForm('YX-2')).toBeNull()
  // A material was marked since: what is taken back is that, and no form belongs to it.
  await giveBack('YX-1', now + 5)
  expect(inForm('YX-1')).toBeNull()
})
