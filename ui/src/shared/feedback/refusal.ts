import { i18n, say } from '@/i18n'
import { Refused } from '@/ipc'
import { announce } from './announce'

/** The sentence for a refusal: that of its code, or a plain one that names the code. */
export function sentenceFor(thrown: unknown): string {
  const { code, detail } = Refused.from(thrown)
  const key = `refusal.${code}`
  return i18n.global.te(key) || i18n.global.te(key, 'zh-CN')
    ? say(key, { detail: detail ?? '' })
    : say('refusal.other', { code })
}

/** Says at the foot of the window why something was not done. */
export function announceRefusal(thrown: unknown): void {
  announce(sentenceFor(thrown), 'problem', Refused.from(thrown).act)
}
