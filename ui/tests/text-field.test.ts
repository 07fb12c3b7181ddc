// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { i18n } from '../src/i18n'
import TextField from '../src/shared/ui/TextField.vue'

function field(props: Record<string, unknown>) {
  const mounted = mount(TextField, {
    props: { id: 'fine', label: '罚款金额', modelValue: '', ...props } as InstanceType<
      typeof TextField
    >['$props'],
    global: { plugins: [i18n] },
  })
  return { mounted, control: mounted.get<HTMLInputElement>('.input') }
}

test('a label, a hint and a problem are tied to the control', () => {
  const { mounted, control } = field({ hint: '按元填写', error: '不是金额' })
  expect(mounted.get('label').attributes('for')).toBe(control.element.id)
  const told = control.attributes('aria-describedby')?.split(' ') ?? []
  expect(told.map((id) => mounted.get(`#${id}`).text())).toEqual(['按元填写', '不是金额'])
  expect(control.attributes('aria-invalid')).toBe('true')
})

test('a field without a problem says nothing of one', () => {
  const { control } = field({})
  expect(control.attributes()).not.toHaveProperty('aria-invalid')
  expect(control.attributes()).not.toHaveProperty('aria-describedby')
})

test.each([
  ['INPUT', {}],
  ['TEXTAREA', { rows: 3 }],
])('what a form asks of the %s reaches it, and its class stays with the whole field', async (tag, props) => {
  const pressed = vi.fn()
  const { mounted, control } = field({
    ...props,
    class: 'wide',
    maxlength: 24,
    'data-testid': 'enter-fine',
    onKeydown: pressed,
  })
  expect(control.element.tagName).toBe(tag)
  expect(control.attributes()).toMatchObject({ maxlength: '24', 'data-testid': 'enter-fine', class: 'input' })
  expect(mounted.classes()).toContain('wide')
  await control.trigger('keydown')
  expect(pressed).toHaveBeenCalledOnce()
  await control.setValue('300')
  expect(mounted.emitted('update:modelValue')).toEqual([['300']])
})
