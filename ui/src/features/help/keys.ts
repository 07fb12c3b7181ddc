/** A key as it is pressed and, by the name of its messages, what it does and where. */
export interface KeyEntry {
  name: string
  keys: string[]
  /** Wherever somebody is signed in. */
  everywhere?: boolean
}

/** The keys of the program, those of every screen first. The exam says its own at its foot. */
export const keyEntries: KeyEntry[] = [
  { name: 'help', keys: ['F1'], everywhere: true },
  { name: 'visits', keys: ['F2'], everywhere: true },
  { name: 'continue', keys: ['F4'], everywhere: true },
  { name: 'search', keys: ['Ctrl+K'], everywhere: true },
  { name: 'palette', keys: ['Ctrl+P'], everywhere: true },
  { name: 'next', keys: ['Ctrl+Enter'] },
  { name: 'primary', keys: ['Enter'] },
  { name: 'print', keys: ['P'] },
  { name: 'undo', keys: ['Ctrl+Z'] },
  { name: 'papers', keys: ['1', '2', '3', '4'] },
  { name: 'class', keys: ['N'] },
  { name: 'rows', keys: ['↑', '↓'] },
  { name: 'back', keys: ['Esc'] },
]
