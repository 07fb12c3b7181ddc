import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { Locale } from '@/i18n'
import { locale, textSize, theme, type TextSize, type Theme } from '@/shared/appearance'
import { announceRefusal } from '@/shared/feedback/refusal'
import type { IconName } from '@/shared/icons/paths'
import { useSession } from '@/shared/session'

/** Somewhere to go or something to do. */
export interface Command {
  key: string
  /** As the screen calls it, and in Chinese whatever the screen speaks. */
  name: string
  chinese: string
  /** The first letters of its Chinese name in pinyin. */
  initials: string
  /** English words for it, for whoever types them while the screen is Chinese. */
  english: string
  icon: IconName
  /** The key that does the same. */
  hotkey?: string
  /** Already so. */
  current?: boolean
  run: () => unknown
}

type Named = Pick<Command, 'key' | 'initials' | 'english' | 'icon' | 'hotkey'> & { message: string }

/** Each has its route's name as key, and is called as its own screen calls itself. */
const places: Named[] = [
  {
    key: 'visits',
    message: 'frame.visit',
    initials: 'cksj',
    english: 'counter visits receive',
    icon: 'visit',
    hotkey: 'F2',
  },
  {
    key: 'continue',
    message: 'visit.continueTitle',
    initials: 'smxb',
    english: 'continue go on by scan slip',
    icon: 'scan',
    hotkey: 'F4',
  },
  {
    key: 'case-board',
    message: 'cases.look_case-board',
    initials: 'qxkb',
    english: 'board of limits due',
    icon: 'calendar',
  },
  { key: 'cases', message: 'cases.look_cases', initials: 'qbbj', english: 'all cases', icon: 'cases' },
  {
    key: 'calls',
    message: 'calls.title',
    initials: 'dqmd',
    english: 'coming due calls',
    icon: 'clock',
  },
  {
    key: 'objections',
    message: 'objections.title',
    initials: 'yy',
    english: 'objections disputes',
    icon: 'pen',
  },
  {
    key: 'handover',
    message: 'cases.look_handover',
    initials: 'jj',
    english: 'handover shift',
    icon: 'person',
  },
  { key: 'parked', message: 'frame.parked', initials: 'dcl', english: 'parked to settle', icon: 'alert' },
  {
    key: 'credit',
    message: 'frame.credit',
    initials: 'xyda',
    english: 'credit files search',
    icon: 'credit',
  },
  {
    key: 'record-enter',
    message: 'enter.title',
    initials: 'sglrjds',
    english: 'enter type in a decision by hand',
    icon: 'pen',
  },
  {
    key: 'training',
    message: 'frame.training',
    initials: 'pxks',
    english: 'training classes exams',
    icon: 'training',
  },
  {
    key: 'verify',
    message: 'training.verify',
    initials: 'hyzm',
    english: 'verify a certificate',
    icon: 'check',
  },
  { key: 'imports', message: 'frame.imports', initials: 'sjdr', english: 'imports data', icon: 'imports' },
  { key: 'rules', message: 'frame.rules', initials: 'gz', english: 'rules', icon: 'rules' },
  { key: 'settings', message: 'frame.settings', initials: 'sz', english: 'settings', icon: 'settings' },
  { key: 'help', message: 'help.title', initials: 'bz', english: 'help keys', icon: 'info', hotkey: 'F1' },
]

const themes: [Theme, string, string][] = [
  ['light', 'qsjm', 'light theme'],
  ['dark', 'ssjm', 'dark theme'],
  ['system', 'magsxt', 'follow the system theme'],
]
const sizes: TextSize[] = ['100', '115', '130']
const languages: [Locale, string, string][] = [
  ['zh-CN', 'jmyyjtzw', 'language chinese'],
  ['en', 'jmyyyw', 'language english'],
]

const leaving: Named = {
  key: 'sign-out',
  message: 'frame.signOut',
  initials: 'tcdl',
  english: 'sign out log out',
  icon: 'back',
}

/** Everything the palette offers: the screens there are, how the window looks, and the way out. */
export function useCommands(): ComputedRef<Command[]> {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSession()

  function named({ message, ...rest }: Named, run: () => unknown, current = false): Command {
    const chinese = t(message, {}, { locale: 'zh-CN' })
    return { ...rest, name: t(message), chinese, run, current }
  }
  /** One look of the window out of several. */
  function look<T extends string>(kind: string, chosen: Ref<T>, to: T, initials: string, english: string) {
    const message = `palette.${kind}_${to}`
    const one: Named = { key: `${kind}-${to}`, message, initials, english, icon: 'settings' }
    return named(one, () => (chosen.value = to), chosen.value === to)
  }

  async function signOut() {
    try {
      await session.signOut()
      await router.push({ name: 'sign-in' })
    } catch (thrown) {
      announceRefusal(thrown)
    }
  }

  return computed(() => [
    ...places
      .filter(({ key }) => router.hasRoute(key))
      .map((place) => named(place, () => router.push({ name: place.key }))),
    ...themes.map(([to, initials, english]) => look('theme', theme, to, initials, english)),
    ...sizes.map((to) => look('size', textSize, to, `zh${to}`, `text size font ${to}`)),
    ...languages.map(([to, initials, english]) => look('language', locale, to, initials, english)),
    named(leaving, signOut),
  ])
}
