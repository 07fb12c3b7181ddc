import { beforeEach, expect, test } from 'vitest'
import { call, Refused, useTransport, type Transport } from '@/ipc'
import { announce, announcements } from '@/shared/feedback/announce'
import { announceRefusal } from '@/shared/feedback/refusal'

let refuses = true
const mark = { state: { state: 'received' }, originalSeen: true, copyKept: true, scans: [] } as never

beforeEach(() => {
  refuses = true
  announcements.value = []
  useTransport({
    call: () => (refuses ? Promise.reject(new Refused('disk_full')) : Promise.resolve(null)),
  } as unknown as Transport)
})

const tried = (act: Promise<unknown>) => act.catch(announceRefusal)
const problems = () => announcements.value.filter((a) => a.tone === 'problem').length

test('a problem goes when the same act is carried out, whatever else was corrected', async () => {
  await tried(call('parked_amend', 'a.1', null))
  expect(problems()).toBe(1)
  refuses = false
  await call('parked_amend', 'a.1', '2026-11-27')
  announce('重新办理')
  expect(problems()).toBe(0)
  expect(announcements.value).toHaveLength(1)
})

test('a problem stays while only others are carried out', async () => {
  await tried(call('case_mark_material', 'YX-1', 'commitment', mark))
  refuses = false
  await call('case_mark_material', 'YX-1', 'fulfilment_proof', mark)
  await call('case_mark_material', 'YX-2', 'commitment', mark)
  await call('case_view', 'YX-1')
  expect(problems()).toBe(1)
  await call('case_mark_material', 'YX-1', 'commitment', mark)
  expect(problems()).toBe(0)
})

test('a scan that was not found is forgotten once another is attached', async () => {
  await tried(call('attach_file', '/没有.pdf'))
  refuses = false
  await call('attach_file', '/有.pdf')
  expect(problems()).toBe(0)
})
