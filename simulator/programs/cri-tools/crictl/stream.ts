/** What crictl asks of its terminal before exec and attach (cmd/crictl/exec.go stream). */
import type { Stream, StreamOptions } from '../../../containerd/cri/services'
import type { Run } from '../../../kernel/run'
import { converse as converseWith } from '../../streaming/converse'
import { type Context, Failure } from '../../urfave/context'
import type { Cri } from './client'

/** What `-i` and `-t` ask for. */
export const streamOptions = (tty: boolean, stdin: boolean): StreamOptions => ({ terminal: tty ? 'tty' : 'pipes', stdin: stdin ? 'stdin' : 'none' })

/** Runs the session until its output ends; its value is the exit status. */
export function* converse({ sys }: Context, cri: Cri, open: () => Run<Stream>, options: StreamOptions): Run<number> {
  if (options.terminal === 'tty') {
    if (options.stdin === 'none') throw new Failure('tty=true must be specified with interactive=true')
    if (!sys.isatty(0)) throw new Failure('input is not a terminal')
  }
  return yield* converseWith({ sys, call: (work) => cri.call(work) }, open, options)
}
