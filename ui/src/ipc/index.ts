/** The one door between the screens and the use cases. */
import type { Answer, Args, CommandName } from './contract'
import { nameOfAct } from './act'
import { Refused, type Transport } from './transport'

export type * from './bindings'
export type * from './contract'
export { Refused } from './transport'
export type { Transport } from './transport'

let door: Transport | null = null
const listeners = new Set<(act: string) => void>()

/** Says once, at the start, how commands travel. */
export function useTransport(transport: Transport): void {
  door = transport
}

/** Tells a listener, from now on, of every act that was carried out. */
export function onDone(listener: (act: string) => void): void {
  listeners.add(listener)
}

/** Calls a command of the shell; throws a {@link Refused} when it is not carried out. */
export async function call<K extends CommandName>(command: K, ...args: Args<K>): Promise<Answer<K>> {
  if (door === null) throw new Error('useTransport comes before the first call')
  const act = nameOfAct(command, args)
  try {
    const answer = await door.call(command, ...args)
    for (const listener of listeners) listener(act)
    return answer
  } catch (thrown) {
    throw Refused.from(thrown).of(act)
  }
}
