// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import { call, useTransport, type ImportProgress } from '../src/ipc'
import { tauri } from '../src/ipc/tauri'

type Invoke = (command: string, args: Record<string, unknown>) => unknown
type Tell = (message: { index: number; message: unknown }) => void

/** Stands where the shell puts itself into its window. */
function shell(invoke: Invoke): Map<number, Tell> {
  const told = new Map<number, Tell>()
  Object.assign(window, {
    __TAURI_INTERNALS__: {
      invoke: async (command: string, args: Record<string, unknown>) => invoke(command, args),
      transformCallback: (tell: Tell) => told.set(told.size + 1, tell).size,
      unregisterCallback: () => {},
    },
  })
  return told
}

beforeEach(() => useTransport(tauri))

test('arguments travel under the names of the command', async () => {
  const asked: unknown[] = []
  shell((command, args) => asked.push([command, args]))
  await call('exam_hand_in', 'E1', 'time_over')
  expect(asked).toEqual([['exam_hand_in', { no: 'E1', reason: 'time_over' }]])
})

test('a callback hears of the progress while the command runs', async () => {
  const told = shell(() => {
    told.forEach((tell) => tell({ index: 0, message: { rows: 7, permille: 500 } }))
  })
  const heard: ImportProgress[] = []
  await call('import_start', '穗.xlsx', (progress) => heard.push(progress))
  expect(heard).toEqual([{ rows: 7, permille: 500 }])
})

test.each([
  ['what it is about', 'YX-W03', 'YX-W03'],
  ['nothing, where the shell says nothing', '', null],
])('a refusal is thrown with its code and %s', async (_, detail, kept) => {
  shell(() => {
    throw { code: 'wrong_state', detail }
  })
  await expect(call('case_view', 'YX-W03')).rejects.toMatchObject({ code: 'wrong_state', detail: kept })
})
