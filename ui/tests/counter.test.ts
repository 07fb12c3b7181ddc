import { describe, expect, test } from 'vitest'
import type { CaseDetail, MaterialMark } from '@/ipc'
import { actOf, actProblems, startOf } from '../src/features/cases/act'
import { chaptersOf } from '../src/features/rules/groups'
import { agentInput, agentProblems, isResidentId, masked } from '../src/features/visit/agent'
import { blankMark, isGap, lacksReason, standing } from '../src/shared/material/material'
import { newDraft } from '../src/shared/visit/draft'

describe('the agent', () => {
  test.each([
    ['11010519491231002X', true],
    ['11010519491231002x', true],
    ['110105194912310021', false],
    ['1101051949123100', false],
  ])('the identity number %s is right: %s', (text, right) => {
    expect(isResidentId(text)).toBe(right)
  })

  test('is not taken in while a question is open', () => {
    const { agent } = newDraft('1')
    expect(agentInput(agent)).toBeNull()
    expect(agentProblems(agent).map((p) => p.field)).toEqual([
      'agent-name',
      'agent-capacity',
      'agent-identity',
      'agent-authority',
    ])
  })

  test('is shown with the middle of its numbers hidden', () => {
    expect(masked('11010519491231002X', 4, 4)).toBe('1101**********002X')
  })
})

describe('a paper', () => {
  const stands = (state: MaterialMark['state']): MaterialMark => ({ ...blankMark(), state })

  test.each([
    [true, stands({ state: 'pending' }), true],
    [false, stands({ state: 'pending' }), false],
    [false, stands({ state: 'faulty', reason: '未盖公章' }), true],
    [true, stands({ state: 'received' }), false],
    [true, stands({ state: 'waived', reason: '已在库' }), false],
  ])('required %s, %o: a gap is %s', (required, mark, gap) => {
    expect(isGap({ required }, mark)).toBe(gap)
  })

  test('keeps its reason when the clerk changes from faulty to waived', () => {
    const faulty = stands({ state: 'faulty', reason: '字迹不清' })
    expect(standing(faulty, 'waived').state).toEqual({ state: 'waived', reason: '字迹不清' })
    expect(lacksReason(standing(blankMark(), 'faulty'))).toBe(true)
  })

  test('is as if never looked at once its mark is taken back', () => {
    expect(standing({ ...stands({ state: 'received' }), originalSeen: true }, 'pending')).toEqual(blankMark())
  })
})

describe('an act of a case', () => {
  const detail = {
    frontDoor: 'creditchina',
    authority: '区住建局',
    submission: null,
    sites: ['信用中国', '公示系统'],
  } as CaseDetail
  const today = '2026-11-24'

  test('has the day of today and what is known of the case', () => {
    const typed = startOf(detail, today)
    expect(typed).toMatchObject({ site: '信用中国', by: '区住建局', on: today })
    expect(actProblems('submit', typed, today, detail).map((p) => p.field)).toEqual(['act-number'])
  })

  test('is not entered for a day that has not come', () => {
    const typed = { ...startOf(detail, today), number: 'X1', on: '2026-11-25' }
    expect(actProblems('submit', typed, today, detail).map((p) => p.field)).toEqual(['act-on'])
  })

  test('a refusal has a reason, a repair needs none', () => {
    const typed = { ...startOf(detail, today), outcome: 'repaired' as const }
    expect(actProblems('decide', typed, today, detail)).toEqual([])
    expect(actProblems('decide', { ...typed, outcome: 'refused' }, today, detail)).toHaveLength(1)
  })

  test('a record is gone once both sites were seen without it', () => {
    const one = { ...startOf(detail, today), sites: ['信用中国'] }
    expect(actProblems('take_down', one, today, detail).map((p) => p.field)).toEqual(['act-sites'])
    const both = { ...one, sites: detail.sites }
    expect(actProblems('take_down', both, today, detail)).toEqual([])
    expect(actOf('take_down', both)).toEqual({ act: 'take_down', sites: detail.sites, on: today })
  })

  test('a limit is not moved to a day before it is said', () => {
    const typed = { ...startOf(detail, today), limit: 'acceptance', reason: '案情复杂', until: '2026-11-23' }
    expect(actProblems('extend', typed, today, detail).map((p) => p.field)).toEqual(['act-until'])
  })
})

test('a value with a key nobody knows still stands in the pack, under other', () => {
  const value = { key: 'unheard.of' } as Parameters<typeof chaptersOf>[0][number]
  expect(chaptersOf([value])).toEqual([{ group: 'other', values: [value] }])
})
