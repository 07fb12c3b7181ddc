import { createI18n } from 'vue-i18n'

/** Chinese is what a clerk sees; English has the same keys and is loaded when asked for. */
export type Locale = 'zh-CN' | 'en'

type Messages = Record<string, Record<string, string>>

const chinese = import.meta.glob<Messages>('./zh-CN/*.json', { eager: true, import: 'default' })
const english = import.meta.glob<Messages>('./en/*.json', { import: 'default' })

/** `./zh-CN/frame.json` holds the keys `frame.…`. */
function area(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  missingWarn: false,
  fallbackWarn: false,
  messages: {
    'zh-CN': Object.fromEntries(Object.entries(chinese).map(([path, messages]) => [area(path), messages])),
  },
})

/** Shows the window in another language, loading its messages first. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    const loaded = await Promise.all(
      Object.entries(english).map(async ([path, load]) => [area(path), await load()] as const),
    )
    i18n.global.setLocaleMessage('en', Object.fromEntries(loaded))
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** The sentence for a key, outside a component. */
export function say(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}
