import { defineStore } from 'pinia'
import { ref } from 'vue'
import { i18n, say } from '@/i18n'
import { call, Refused, type SyncState, type SyncStatus } from '@/ipc'
import { sentenceFor } from '@/shared/feedback/refusal'
import { clock } from '@/shared/time/dates'
import type { PillTone } from '@/shared/ui/StatusPill.vue'

export const TONES: Record<SyncState, PillTone> = {
  not_enrolled: 'plain',
  connecting: 'info',
  connected: 'ok',
  offline: 'wait',
  needs_attention: 'stop',
}

/** How the line to the district platform stands. */
export const useLine = defineStore('line', () => {
  const status = ref<SyncStatus | null>(null)

  async function refresh(): Promise<void> {
    status.value = await call('hub_line')
  }

  return { status, refresh }
})

/** Why, where a sentence meant for an act of a person would say it wrongly of the line. */
function ofTheLine(code: string): string {
  const key = `delivery.why_${code}`
  return i18n.global.te(key, 'zh-CN') ? say(key) : sentenceFor(new Refused(code))
}

/** What is the matter and what now; empty where the word says enough. */
export function whatNow({ state, code, nextTryAt }: SyncStatus): string {
  if (state === 'connected' || state === 'connecting') return ''
  if (state === 'not_enrolled') return say('delivery.why_not_enrolled')
  const why = code === null ? '' : ofTheLine(code)
  const again =
    state !== 'offline' || nextTryAt === null ? '' : say('delivery.nextTry', { at: clock(nextTryAt) })
  return [why, again].filter(Boolean).join(' ')
}
