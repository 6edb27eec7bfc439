/** The client's end of exec, attach and run -i: streams both ways, a terminal in raw mode, its size (pkg/cmd/exec, kubectl/pkg/util/term). */
import { type Stream, StreamError, type StreamOptions } from '../../../containerd/cri/services'
import type { Run } from '../../../kernel/run'
import { type Client, converse as converseWith, output as outputOf } from '../../streaming/converse'
import { type Context, Refused } from './command'

/** What `-i` and `-t` ask for; there is no terminal without input, nor where the input is none. */
export function streamOptions(context: Context, quiet: 'quiet' | 'tells', wanted: StreamOptions['terminal'] = context.flags.is('tty') ? 'tty' : 'pipes'): StreamOptions {
  const { flags, io } = context
  let terminal: StreamOptions['terminal'] = flags.is('stdin') ? wanted : 'pipes'
  if (terminal === 'tty' && !io.sys.isatty(0)) {
    terminal = 'pipes'
    if (quiet === 'tells') io.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  }
  return { terminal, stdin: flags.is('stdin') ? 'stdin' : 'none' }
}

const clientOf = (context: Context): Client => ({ sys: context.io.sys, call: (work) => context.api(work) })

/** Runs the session until its output ends; its value is the exit status of the command. */
export function* converse(context: Context, open: () => Run<Stream>, options: StreamOptions): Run<number> {
  yield* context.io.flush()
  try {
    return yield* converseWith(clientOf(context), open, options)
  } catch (error) {
    if (error instanceof StreamError) throw new Refused(`error: ${error.message}`)
    throw error
  }
}

/** Writes what comes until there is no more. */
export const output = (context: Context, stream: Pick<Stream, 'next'>, interrupted: () => Run): Run => outputOf(clientOf(context), stream, interrupted)
