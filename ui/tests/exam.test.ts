// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { Refused, useTransport, type CommandName, type SittingView, type Transport } from '../src/ipc'
import { timeLeft } from '../src/features/exam/exam-clock'
import { useSitting, type Sitting } from '../src/features/exam/use-sitting'

const view: SittingView = {
  no: 'E1',
  class: 'C1',
  classTitle: '',
  trainee: '01',
  traineeName: '',
  subjectName: '',
  attempt: 1,
  stage: 'running',
  minutes: 1,
  leftMs: 60_000,
  outOf: 8,
  passMark: 4,
  seed: '',
  questions: (['single', 'multiple'] as const).map((kind, i) => ({
    id: `q${i}`,
    kind,
    text: '',
    choices: [0, 1, 2].map((place) => ({ place, text: '' })),
    given: [],
    marked: false,
    review: null,
  })),
  incidents: [],
  handedIn: null,
  result: null,
  delivery: 'saved',
}

type Reply = (...args: unknown[]) => unknown
let asked: [CommandName, ...unknown[]][] = []
let usedMs = 0

async function sit(more: Partial<Record<CommandName, Reply>> = {}): Promise<Sitting> {
  const replies: Partial<Record<CommandName, Reply>> = {
    exam_sitting: () => structuredClone(view),
    exam_running: () => true,
    exam_tick: () => usedMs,
    exam_hand_in: () => ({
      session: 'E1',
      score: 0,
      outOf: 8,
      passMark: 4,
      passed: false,
      right: 0,
      unanswered: 2,
    }),
    window_full_screen: () => true,
    ...more,
  }
  useTransport({
    call: async (command: CommandName, ...args: unknown[]) => {
      asked.push([command, ...args])
      return replies[command]?.(...args)
    },
  } as unknown as Transport)
  let sitting: Sitting | null = null
  mount(
    defineComponent({
      setup() {
        sitting = useSitting('E1')
        return () => null
      },
    }),
  )
  await vi.advanceTimersByTimeAsync(0)
  return sitting!
}

beforeEach(() => {
  asked = []
  usedMs = 0
  vi.useFakeTimers()
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
})
afterEach(() => void vi.useRealTimers())

test('an answer is shown as saved only when the shell has answered', async () => {
  let answer: (kept: unknown) => void = () => {}
  const sitting = await sit({ exam_answer: () => new Promise((done) => (answer = done)) })
  sitting.choose(1)
  await vi.advanceTimersByTimeAsync(50)
  expect([sitting.saving.value, sitting.savedAt.value]).toEqual([true, null])
  answer({ savedAt: 7, leftMs: 50_000 })
  await vi.advanceTimersByTimeAsync(0)
  expect([sitting.saving.value, sitting.savedAt.value]).toEqual([false, 7])
})

test('an answer that was not kept is taken back on the screen, and it is said', async () => {
  const sitting = await sit({
    exam_answer: () => {
      throw new Refused('disk_full')
    },
  })
  sitting.choose(2)
  expect(sitting.question.value?.given).toEqual([2])
  await vi.advanceTimersByTimeAsync(0)
  expect(sitting.question.value?.given).toEqual([])
  expect(sitting.notSaved.value).not.toBeNull()
})

test('choices of a question with several answers are toggled, each step kept in order', async () => {
  const sitting = await sit({ exam_answer: () => ({ savedAt: 1, leftMs: 50_000 }) })
  sitting.go(1)
  for (const place of [2, 0, 2]) sitting.choose(place)
  await vi.advanceTimersByTimeAsync(0)
  const sent = asked.filter(([command]) => command === 'exam_answer').map(([, , , choices]) => choices)
  expect(sent).toEqual([[2], [0, 2], [0]])
})

test('the paper is handed in by itself when the shell says that the time is over, and not before', async () => {
  const sitting = await sit()
  usedMs = 30_000
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sitting.phase.value).toBe('running')
  usedMs = 60_001
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sitting.phase.value).toBe('over')
  expect(asked.filter(([command]) => command === 'exam_hand_in')).toEqual([
    ['exam_hand_in', 'E1', 'time_over'],
  ])
})

test('going away from the window is one incident however many events tell of it', async () => {
  await sit()
  await vi.advanceTimersByTimeAsync(1_500)
  window.dispatchEvent(new Event('blur'))
  window.dispatchEvent(new Event('blur'))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.filter(([command]) => command === 'exam_incident')).toHaveLength(1)
})

test('after a crash it goes on at the question the shell names', async () => {
  const sitting = await sit({
    exam_running: () => false,
    exam_resume: () => ({ elapsedMs: 1, leftMs: 40_000, outageMs: 90_000, question: 'q1' }),
  })
  expect(sitting.phase.value).toBe('interrupted')
  await sitting.resume()
  expect([sitting.phase.value, sitting.at.value]).toEqual(['running', 1])
})

test.each([
  [2_527_000, '42:07'],
  [3_727_000, '1:02:07'],
  [400, '00:01'],
  [0, '00:00'],
])('%s ms are shown as %s', (ms, shown) => {
  expect(timeLeft(ms)).toBe(shown)
})
