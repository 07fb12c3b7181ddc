import { call } from '@/ipc'

/** What was typed for the last act is kept, so that an act taken back stands in its form again. One for this computer. */
const lastEntered = 'entered-act'
export const actKey = (no: string) => `act:${no}`

/** Keeps what was typed for an act on `no` that has just been entered. The act stands, whatever becomes of this. */
export async function keepEntered(no: string, typed: unknown): Promise<void> {
  await call('draft_save', lastEntered, JSON.stringify({ no, typed })).catch(() => undefined)
}

/**
 * Puts what was typed for the act on `no` made at `madeAt` back into its form, where it was the last one. The act is taken
 * back, whatever becomes of this.
 */
export async function giveBack(no: string, madeAt: number): Promise<void> {
  const kept = await call('draft_load', lastEntered).catch(() => null)
  if (kept === null || kept.savedAt < madeAt) return
  const entered = JSON.parse(kept.json) as { no: string; typed: unknown }
  if (entered.no !== no) return
  await call('draft_save', actKey(no), JSON.stringify(entered.typed)).catch(() => undefined)
  await call('draft_discard', lastEntered).catch(() => undefined)
}
