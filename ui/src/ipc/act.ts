import type { Args, CommandName } from './contract'

/** How many of its first arguments say what an act is about, where that is not the first word alone. */
const SAID_BY: Partial<Record<CommandName, number>> = {
  attach_file: 0,
  case_mark_material: 2,
  class_withdraw: 2,
}

/** The name of an act: what is done and what it is about. A second try has the same one, whatever else was corrected. */
export function nameOfAct<K extends CommandName>(command: K, args: Args<K>): string {
  const words = (args as unknown[]).slice(0, SAID_BY[command] ?? 1)
  return [command, ...words.filter((word) => typeof word === 'string')].join(' ')
}
