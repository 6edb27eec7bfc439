/** How an interactive shell gets its lines: bash by readline, ash by its line editor, dash by the terminal's own editing. */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'

/** The first line of a command (PS1), or a further one (PS2). */
export type Want = 'first' | 'more'

/** What was typed is forgotten: a signal came. */
export const INTERRUPTED = Symbol('interrupted')
/** A line without its newline; null at the end of input. */
export type ReadLine = string | null | typeof INTERRUPTED

export interface LineReader {
  read(want: Want): Run<ReadLine>
  /** Before the first prompt. */
  begin(): Run
  /** Notes a line that was read; `lines` are those of the command so far. */
  remember(lines: readonly string[]): void
  /** The shell has ended. */
  end(): Run
}

/** A line of a terminal that edits for itself, or of what is no terminal. */
export function* plainLine(sys: { read(fd: number, count: number): Run<Uint8Array> }): Run<string | null> {
  const bytes: number[] = []
  for (;;) {
    const [byte] = yield* sys.read(0, 1)
    if (byte === undefined) return bytes.length === 0 ? null : decode(new Uint8Array(bytes))
    if (byte === 10) return decode(new Uint8Array(bytes))
    bytes.push(byte)
  }
}
