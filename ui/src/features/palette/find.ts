import type { Command } from './commands'

type Names = Pick<Command, 'name' | 'chinese' | 'initials' | 'english'>

/** Without what an input method puts between the letters while it composes. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s'’]/g, '')
}

/** 0 where it begins so, 1 where it has the part somewhere, 2 where it is not meant. */
function distance(command: Names, typed: string): number {
  const part = plain(typed)
  const inNames = [command.name, command.chinese, command.initials].map((name) => plain(name).indexOf(part))
  // Letters inside an English word are more likely initials of something else.
  const inWords = ` ${command.english}`.indexOf(` ${typed.trim().toLowerCase()}`)
  const found = [...inNames, inWords].filter((at) => at >= 0)
  return found.length === 0 ? 2 : Math.min(1, ...found)
}

/** The commands meant by a part of a name, by pinyin initials or by English words; those that begin so come first. */
export function find<T extends Names>(commands: T[], typed: string): T[] {
  return commands
    .map((command) => ({ command, far: distance(command, typed) }))
    .filter(({ far }) => far < 2)
    .sort((a, b) => a.far - b.far)
    .map(({ command }) => command)
}
