/** The client's end of exec and attach: streams both ways, a terminal in raw mode, its size (cmd/crictl/exec.go stream). */
import type { Stream, StreamOptions } from '../../../containerd/cri/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import { makeRaw } from '../../../kernel/tty/termios'
import { retry } from '../../containerd/ctr/stdio'
import { type Context, Failure } from '../../urfave/context'
import type { Cri } from './client'

const CHUNK = 32_768

/** What `-i` and `-t` ask for. */
export const streamOptions = (tty: boolean, stdin: boolean): StreamOptions => ({ terminal: tty ? 'tty' : 'pipes', stdin: stdin ? 'stdin' : 'none' })

/** Runs the session until its output ends; its value is the exit status. */
export function* converse(context: Context, cri: Cri, open: () => Run<Stream>, options: StreamOptions): Run<number> {
  const { sys } = context
  if (options.terminal === 'tty') {
    if (options.stdin === 'none') throw new Failure('tty=true must be specified with interactive=true')
    if (!sys.isatty(0)) throw new Failure('input is not a terminal')
  }
  const before = options.terminal === 'tty' ? sys.tcgetattr(0) : null
  if (before) sys.tcsetattr(0, makeRaw(before))
  try {
    const stream = yield* open()
    const resize = function* (): Run {
      const { cols, rows } = sys.getWindowSize(0)
      yield* retry(() => cri.call(() => stream.resize({ width: cols, height: rows })))
    }
    let isResized = false
    if (before) {
      sys.signal(SIG.SIGWINCH, () => {
        isResized = true
      })
      yield* resize()
    }
    if (options.stdin === 'stdin') sys.go(input(context, cri, stream))
    let seen = 0
    for (;;) {
      try {
        const last = seen
        const chunk = yield* cri.call(() => stream.next(last))
        if (chunk === null) break
        seen = chunk.number
        yield* retry(() => sys.write(chunk.stream === 'stdout' ? 1 : 2, chunk.bytes))
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
        if (isResized) yield* resize()
        isResized = false
      }
    }
    return yield* retry(() => cri.call(() => stream.wait()))
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

function* input({ sys }: Context, cri: Cri, stream: Stream): Run {
  try {
    for (;;) {
      const bytes = yield* retry(() => sys.read(0, CHUNK))
      if (bytes.length === 0) break
      yield* retry(() => cri.call(() => stream.write(bytes)))
    }
    yield* retry(() => cri.call(() => stream.closeInput()))
  } catch (error) {
    // The session has ended, or the input cannot be read.
    if (!(error instanceof Error)) throw error
  }
}
