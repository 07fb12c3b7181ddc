import type { Material, MaterialMark, MaterialState } from '@/ipc'

export type Stand = MaterialState['state']

export function blankMark(): MaterialMark {
  return { state: { state: 'pending' }, originalSeen: false, copyKept: false, scans: [] }
}

/** Whether the case lacks this paper; the same rule as in the reducer. */
export function isGap(material: Pick<Material, 'required'>, mark: MaterialMark): boolean {
  const stand = mark.state.state
  return stand === 'faulty' || ((stand === 'pending' || stand === 'refused') && material.required)
}

/** How a paper that is there may stand, in the order of its keys. */
export const stands = ['received', 'faulty', 'refused', 'waived'] as const satisfies Stand[]

/** A mark that needs a reason and has none yet. */
export function lacksReason({ state }: MaterialMark): boolean {
  return 'reason' in state && state.reason.trim() === ''
}

/** The same paper standing otherwise; what was typed as a reason is kept where one is needed again. */
export function standing(mark: MaterialMark, stand: Stand): MaterialMark {
  const reason = 'reason' in mark.state ? mark.state.reason : ''
  const state: MaterialState =
    stand === 'received' || stand === 'pending' ? { state: stand } : { state: stand, reason }
  return stand === 'pending' ? blankMark() : { ...mark, state }
}
