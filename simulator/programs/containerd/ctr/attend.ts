/** Stays with a running process: its terminal's size, signals passed on, its end (cmd/ctr/commands/signals.go, tasks_unix.go). */
import type { Client } from './client'
import { isGrpc } from '../../../containerd/grpc'
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import { makeRaw, type Termios } from '../../../kernel/tty/termios'
import { notAConsole } from './panic'
import { logrus } from '../../go/logrus'
import { goSignal } from '../../go/signals'
import { type Context, Failure } from '../../urfave/context'

const NOT_FORWARDED = ['SIGCHLD', 'SIGPIPE', 'SIGURG', 'SIGKILL', 'SIGSTOP', 'SIGWINCH']

export interface Attended {
  readonly id: string
  readonly execId: string
}

/** Puts the terminal at standard input into raw mode, output processing kept (containerd/console, SetRaw); gives back how it was. */
export function rawTerminal(context: Context): Termios {
  const { sys } = context
  if (![2, 1, 0].some((fd) => sys.isOpen(fd) && sys.isatty(fd))) throw notAConsole(context)
  if (!sys.isatty(0)) throw new Failure('inappropriate ioctl for device')
  const before = sys.tcgetattr(0)
  sys.tcsetattr(0, { ...makeRaw(before), opost: before.opost })
  return before
}

/** Waits for the process' exit status; meanwhile window changes or signals go to it. */
export function* attend(context: Context, client: Client, process: Attended, waiting: () => Run<{ exitStatus: number }>, terminal: 'tty' | 'pipes'): Run<number> {
  const { sys } = context
  const caught: number[] = []
  const { id, execId } = process
  function* resize(): Run<void> {
    const { cols, rows } = sys.getWindowSize(0)
    try {
      yield* client.call((s, ns) => s.tasks.resizePty(ns, id, { execId, width: cols, height: rows }))
    } catch (error) {
      // What has ended meanwhile has no size (commands/tasks/tasks_unix.go HandleConsoleResize).
      if (!isGrpc(error)) throw error
      yield* sys.write(2, encode(logrus(sys, 'error', 'resize pty', { fields: { error: error.message } })))
    }
  }
  let forwards: 'yes' | 'no' = 'yes'
  /** What is not there any more is sent nothing; of any other failure ctr tells and goes on. */
  function* forward(signal: number): Run<void> {
    try {
      yield* client.call((s, ns) => s.tasks.kill(ns, id, { execId, signal }))
    } catch (error) {
      if (!isGrpc(error)) throw error
      if (error.code === 'NotFound') forwards = 'no'
      else yield* sys.write(2, encode(logrus(sys, 'error', `forward signal ${goSignal(signal)}`, { fields: { error: error.message } })))
    }
  }
  if (terminal === 'tty') {
    yield* resize()
    sys.signal(SIG.SIGWINCH, (signo) => caught.push(signo))
  } else for (const [name, signo] of Object.entries(SIG)) if (!NOT_FORWARDED.includes(name)) sys.signal(signo, (n) => caught.push(n))
  for (;;) {
    try {
      return (yield* waiting()).exitStatus
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      for (const signo of caught.splice(0)) {
        if (terminal === 'tty') yield* resize()
        else if (forwards === 'yes') yield* forward(signo)
      }
    }
  }
}
