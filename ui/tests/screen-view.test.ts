import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, onBeforeUnmount, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import ScreenView from '../src/features/frame/ScreenView.vue'

test('what is typed for one case is kept under its own number and never stands at the next', async () => {
  const kept: [string, string][] = []
  const Case = defineComponent({
    props: { no: { type: String, required: true } },
    setup(props) {
      const note = ref('')
      onBeforeUnmount(() => kept.push([props.no, note.value]))
      return () => h('input', { value: note.value, onInput: (e: Event) => (note.value = valueOf(e)) })
    },
  })
  const valueOf = (event: Event) => (event.target as HTMLInputElement).value
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/cases/:no', props: true, component: Case }],
  })
  await router.push('/cases/000001')
  const view = mount(ScreenView, { global: { plugins: [router] } })
  await flushPromises()
  await view.find('input').setValue('申请人坚持')

  await router.push('/cases/000001?tab=papers')
  expect(view.find('input').element.value).toBe('申请人坚持')
  await router.push('/cases/000002')
  expect(kept).toEqual([['000001', '申请人坚持']])
  expect(view.find('input').element.value).toBe('')
})
