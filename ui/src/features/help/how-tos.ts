/** A piece of the counter's day: its sentences are the messages `<name>_1` to `<name>_<sentences>`. */
export interface HowTo {
  name: string
  sentences: number
  /** The route of the screen where it begins. */
  screen: string
}

/** In the order in which a day at the counter comes to them. */
export const howTos: HowTo[] = [
  { name: 'visit', sentences: 4, screen: 'visits' },
  { name: 'gaps', sentences: 4, screen: 'visits' },
  { name: 'door', sentences: 3, screen: 'credit' },
  { name: 'undetermined', sentences: 3, screen: 'credit' },
  { name: 'noRecord', sentences: 4, screen: 'credit' },
  { name: 'continue', sentences: 3, screen: 'continue' },
  { name: 'authority', sentences: 4, screen: 'case-board' },
  { name: 'undo', sentences: 3, screen: 'cases' },
  { name: 'offline', sentences: 4, screen: 'settings' },
  { name: 'reprint', sentences: 3, screen: 'cases' },
  { name: 'handover', sentences: 3, screen: 'handover' },
  { name: 'objection', sentences: 4, screen: 'objections' },
  { name: 'calls', sentences: 3, screen: 'calls' },
  { name: 'archive', sentences: 3, screen: 'cases' },
]
