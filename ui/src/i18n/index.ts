import { createI18n, type Composer } from 'vue-i18n'

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

/** The same without the literal type of the first locale, so that others can be added. */
const composer = i18n.global as unknown as Composer

/** Shows the window in another language, loading its messages first. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !composer.availableLocales.includes('en')) {
    const loaded = await Promise.all(
      Object.entries(english).map(async ([path, load]) => [area(path), await load()] as const),
    )
    composer.setLocaleMessage('en', Object.fromEntries(loaded))
  }
  composer.locale.value = locale
  document.documentElement.lang = locale
}

/** The sentence for a key, outside a component. */
export function say(key: string, values: Record<string, unknown> = {}): string {
  return composer.t(key, values)
}
