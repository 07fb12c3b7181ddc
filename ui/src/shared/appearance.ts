import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { computed, watchEffect } from 'vue'
import { setLocale, type Locale } from '@/i18n'

export type Theme = 'light' | 'dark' | 'system'
export type TextSize = '100' | '115' | '130'

/** How the window looks on this machine; nothing of it is a record, so it never leaves it. */
export const theme = useLocalStorage<Theme>('appearance.theme', 'light')
export const textSize = useLocalStorage<TextSize>('appearance.size', '100')
export const locale = useLocalStorage<Locale>('appearance.locale', 'zh-CN')

/** Keeps the document in step with the choices above. */
export function followAppearance(): void {
  const prefersDark = usePreferredDark()
  const dark = computed(() => theme.value === 'dark' || (theme.value === 'system' && prefersDark.value))
  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light'
    document.documentElement.dataset['size'] = textSize.value
  })
  watchEffect(() => void setLocale(locale.value))
}
