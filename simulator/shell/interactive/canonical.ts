/** dash has no line editor: it writes the prompt, and the terminal edits (termios(3), canonical mode). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { expandString } from '../expand/words'
import type { Shell } from '../shell'
import { INTERRUPTED, type LineReader, plainLine, type ReadLine, type Want } from './reader'

export class Canonical implements LineReader {
  private readonly shell: Shell
  constructor(shell: Shell) {
    this.shell = shell
  }
  *begin(): Run {}
  remember(): void {}
  *end(): Run {}
  *read(want: Want): Run<ReadLine> {
    const { shell } = this
    yield* shell.write(2, yield* promptOf(shell, want))
    try {
      return yield* plainLine(shell.sys)
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      return yield* interrupted(shell)
    }
  }
}

/** $PS1 or $PS2 with its parameters expanded. */
export function* promptOf(shell: Shell, want: Want): Run<string> {
  const { status } = shell
  const raw = shell.vars.get(want === 'first' ? 'PS1' : 'PS2') ?? ''
  // To ash a backslash is its editor's (PSSYNTAX of ash.c), to dash it quotes.
  const text = yield* expandString(shell, shell.startOptions.voice === 'ash' ? raw.replaceAll('\\', '\\\\') : raw, 'none', 'here')
  shell.status = status
  return text
}

/** A signal came instead of a line: a trap for it runs, and a new line is begun. */
export function* interrupted(shell: Shell): Run<typeof INTERRUPTED> {
  const trapped = shell.traps.hasPending
  shell.interrupted = false
  yield* shell.checkSignals()
  if (!trapped) yield* shell.write(2, '\n')
  return INTERRUPTED
}
