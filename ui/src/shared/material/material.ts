import type { Material, MaterialMark, MaterialState } from '@/ipc'

export type Stand = MaterialState['state']

export function blankMark(): MaterialMark {
  return { state: { state: 'pending' }, originalSeen: false, copyKept: false, scans: [] }
}

/** Whether the case lacks this paper; the same rule as in the reducer. */
export function isGap(material: Pick<Material, 'required'>, mark: MaterialMark): boolean {
  return mark.state.state === 'faulty' || (mark.state.state === 'pending' && material.required)
}

/** A mark that needs a reason and has none yet. */
export function lacksReason({ state }: MaterialMark): boolean {
  return 'reason' in state && state.reason.trim() === ''
}

/** The same paper standing otherwise; what was typed as a reason is kept where one is needed again. */
export function standing(mark: MaterialMark, stand: Stand): MaterialMark {
  const reason = 'reason' in mark.state ? mark.state.reason : ''
  const state: MaterialState =
    stand === 'faulty' || stand === 'waived' ? { state: stand, reason } : { state: stand }
  return stand === 'pending' ? blankMark() : { ...mark, state }
}
