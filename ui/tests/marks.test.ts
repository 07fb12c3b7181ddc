import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Material, MaterialMark } from '@/ipc'
import { useMarks } from '../src/shared/material/marks'
import { blankMark } from '../src/shared/material/material'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a mark made just before the screen goes away is entered, and once', async () => {
  const entered: string[] = []
  const enterOne = (code: string) => Promise.resolve(entered.push(code))
  let marks: ReturnType<typeof useMarks> | undefined
  const List = defineComponent({
    setup() {
      marks = useMarks(() => [], enterOne, vi.fn())
      return () => h('div')
    },
  })
  const list = mount(List)
  const received: MaterialMark = { ...blankMark(), state: { state: 'received' } }
  marks?.mark({ code: 'commitment' } as Material, received)
  list.unmount()
  await vi.runAllTimersAsync()
  expect(entered).toEqual(['commitment'])
})
