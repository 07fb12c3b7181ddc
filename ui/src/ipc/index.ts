/** The one door between the screens and the use cases. */
import type { Answer, Args, CommandName } from './contract'
import type { Transport } from './transport'

export type * from './bindings'
export type * from './contract'
export { Refused } from './transport'
export type { Transport } from './transport'

let door: Transport | null = null

/** Says once, at the start, how commands travel. */
export function useTransport(transport: Transport): void {
  door = transport
}

/** Calls a command of the shell; throws a {@link Refused} when it is not carried out. */
export function call<K extends CommandName>(command: K, ...args: Args<K>): Promise<Answer<K>> {
  if (door === null) throw new Error('useTransport comes before the first call')
  return door.call(command, ...args)
}
