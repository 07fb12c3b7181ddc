import { ref } from 'vue'
import { onDone } from '@/ipc'

export type Tone = 'done' | 'problem'

export interface Announcement {
  id: number
  text: string
  tone: Tone
  /** The act that was refused, where it is known. */
  act: string | null
}

const STAYS_MS = 6_000
let next = 1

/** What the live region reads out and the toast shows. */
export const announcements = ref<Announcement[]>([])

/** Says something that needs no answer. A problem stays until it is closed, or until its act was carried out. */
export function announce(text: string, tone: Tone = 'done', act: string | null = null): void {
  const id = next++
  announcements.value = [...announcements.value.slice(-1), { id, text, tone, act }]
  if (tone === 'done') setTimeout(() => dismiss(id), STAYS_MS)
}

export function dismiss(id: number): void {
  announcements.value = announcements.value.filter((a) => a.id !== id)
}

/** What was said of acts that were done; one that was taken back makes it untrue. */
export function unsay(): void {
  announcements.value = announcements.value.filter((a) => a.tone !== 'done')
}

onDone((act) => {
  announcements.value = announcements.value.filter((a) => a.act !== act)
})
