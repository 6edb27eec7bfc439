/** The client's end of exec, attach and run -i: streams both ways, a terminal in raw mode, its size (pkg/cmd/exec, kubectl/pkg/util/term). */
import { type Stream, StreamError, type StreamOptions } from '../../../containerd/cri/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import { makeRaw } from '../../../kernel/tty/termios'
import { retry } from '../../containerd/ctr/stdio'
import { type Context, Refused } from './command'

const CHUNK = 32_768

/** What `-i` and `-t` ask for; without a terminal there is none. */
export function streamOptions(context: Context, quiet: 'quiet' | 'tells'): StreamOptions {
  const { flags, io } = context
  let terminal: StreamOptions['terminal'] = flags.is('tty') ? 'tty' : 'pipes'
  if (terminal === 'tty' && !io.sys.isatty(0)) {
    terminal = 'pipes'
    if (quiet === 'tells') io.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  }
  return { terminal, stdin: flags.is('stdin') ? 'stdin' : 'none' }
}

/** Runs the session until its output ends; its value is the exit status of the command. */
export function* converse(context: Context, open: () => Run<Stream>, options: StreamOptions): Run<number> {
  const { io } = context
  const { sys } = io
  yield* io.flush()
  const before = options.terminal === 'tty' ? sys.tcgetattr(0) : null
  if (before) sys.tcsetattr(0, makeRaw(before))
  try {
    const stream = yield* open()
    const resize = function* (): Run {
      const { cols, rows } = sys.getWindowSize(0)
      yield* retry(() => context.api(() => stream.resize({ width: cols, height: rows })))
    }
    let isResized = false
    if (before) {
      sys.signal(SIG.SIGWINCH, () => {
        isResized = true
      })
      yield* resize()
    }
    if (options.stdin === 'stdin') sys.go(input(context, stream))
    yield* output(context, stream, function* () {
      if (isResized) yield* resize()
      isResized = false
    })
    return yield* retry(() => context.api(() => stream.wait()))
  } catch (error) {
    if (error instanceof StreamError) throw new Refused(`error: ${error.message}`)
    throw error
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

/** Writes what comes until there is no more. */
export function* output(context: Context, stream: Pick<Stream, 'next'>, interrupted: () => Run): Run {
  const { sys } = context.io
  let seen = 0
  for (;;) {
    try {
      const last = seen
      const chunk = yield* context.api(() => stream.next(last))
      if (chunk === null) return
      seen = chunk.number
      yield* retry(() => sys.write(chunk.stream === 'stdout' ? 1 : 2, chunk.bytes))
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      yield* interrupted()
    }
  }
}

function* input(context: Context, stream: Stream): Run {
  const { sys } = context.io
  try {
    for (;;) {
      const bytes = yield* retry(() => sys.read(0, CHUNK))
      if (bytes.length === 0) break
      yield* retry(() => context.api(() => stream.write(bytes)))
    }
    yield* retry(() => context.api(() => stream.closeInput()))
  } catch (error) {
    // The session has ended, or the input cannot be read.
    if (!(error instanceof Error)) throw error
  }
}
