import type { CommandError } from './bindings'
import type { Answer, Args, CommandName } from './contract'

/** One way of reaching the use cases: the shell today, a loopback server for an exam room later. */
export interface Transport {
  /** Answers, or throws a {@link Refused}; the arguments stand in the order in which the command declares them. */
  call<K extends CommandName>(command: K, ...args: Args<K>): Promise<Answer<K>>
}

/** A command that was refused. Screens act on `code`; the sentence for it lives in the messages. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    /** What the refusal is about (a number, a field, a file name), never a sentence to show alone. */
    readonly detail: string | null = null,
    /** What was tried, in the words of {@link nameOfAct}; null where it is not known. */
    readonly act: string | null = null,
  ) {
    super(detail === null ? code : `${code}: ${detail}`)
    this.name = 'Refused'
  }

  /** The same refusal, of the act that was tried. */
  of(act: string): Refused {
    return new Refused(this.code, this.detail, act)
  }

  /** Makes a refusal of whatever a transport threw. */
  static from(thrown: unknown): Refused {
    if (thrown instanceof Refused) return thrown
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
      const { code, detail } = thrown as CommandError
      // The shell sends an empty detail where there is nothing to say.
      return new Refused(code, detail || null)
    }
    return new Refused('internal', thrown instanceof Error ? thrown.message : String(thrown))
  }
}
