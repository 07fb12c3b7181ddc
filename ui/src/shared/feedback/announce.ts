import { ref } from 'vue'

export type Tone = 'done' | 'problem'

export interface Announcement {
  id: number
  text: string
  tone: Tone
}

const STAYS_MS = 6_000
let next = 1

/** What the live region reads out and the toast shows. */
export const announcements = ref<Announcement[]>([])

/** Says something that needs no answer. Problems stay until they are closed. */
export function announce(text: string, tone: Tone = 'done'): void {
  const id = next++
  announcements.value = [...announcements.value.slice(-1), { id, text, tone }]
  if (tone === 'done') setTimeout(() => dismiss(id), STAYS_MS)
}

export function dismiss(id: number): void {
  announcements.value = announcements.value.filter((a) => a.id !== id)
}
