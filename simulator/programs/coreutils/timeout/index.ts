/** timeout(1) of coreutils 9.1: the command runs as a child; timers are coroutines that send it signals. */
import { isErrno } from '../../../kernel/errno'
import { SIG, signalName, signalNumber } from '../../../kernel/signals'
import { NS_PER_SEC } from '../../../kernel/time'
import type { Run } from '../../../kernel/run'
import { command, usageError, wrongCall } from '../command'
import { locale } from '../files'
import { runCommand } from '../run-command'
import { duration } from '../sleep/duration'
import { HELP, VERSION } from './help'

const TIMED_OUT = 124
const FAILED = 125

export default command({
  summary: 'run a command with a time limit',
  help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true,
  *run(io, options) {
    const { sys } = io
    const seconds = (text: string): number => duration(text) ?? wrongCall(io, `invalid time interval ${locale(io, text)}`, FAILED)
    const killAfter = options.value('k') === undefined ? undefined : seconds(options.value('k') ?? '')
    let signo: number = SIG.SIGTERM
    const wanted = options.value('s')
    if (wanted !== undefined) {
      const number = signalNumber(wanted)
      if (number === undefined) return wrongCall(io, `${locale(io, wanted)}: invalid signal`, FAILED)
      signo = number
    }
    const [limit, ...argv] = options.operands
    if (limit === undefined || argv.length === 0) return usageError(io, FAILED)
    const after = seconds(limit)
    const foreground = options.has('foreground')
    if (!foreground) {
      try {
        sys.setpgid(0, 0)
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    }
    sys.signal(SIG.SIGTTIN, 'ignore')
    sys.signal(SIG.SIGTTOU, 'ignore')
    let timedOut = false
    let child = 0
    const say = (signal: number): void => {
      if (options.has('v')) io.err(`${io.name}: sending signal ${signalName(signal) ?? signal} to command ${locale(io, argv[0] ?? '')}\n`)
    }
    // kill(2) and signal(2) may fail (the child has gone; SIGKILL cannot be ignored): then nothing is to be done.
    const attempt = (call: () => void): void => {
      try {
        call()
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    }
    const send = (signal: number): void => {
      attempt(() => sys.kill(child, signal))
      if (foreground) return
      attempt(() => sys.signal(signal, 'ignore'))
      attempt(() => sys.kill(0, signal))
      if (signal === SIG.SIGKILL || signal === SIG.SIGCONT) return
      attempt(() => sys.kill(child, SIG.SIGCONT))
      attempt(() => sys.signal(SIG.SIGCONT, 'ignore'))
      attempt(() => sys.kill(0, SIG.SIGCONT))
    }
    for (const forwarded of [SIG.SIGINT, SIG.SIGQUIT, SIG.SIGHUP, SIG.SIGTERM]) sys.signal(forwarded, () => send(forwarded))
    child = sys.fork(function* (own) {
      for (const signal of [SIG.SIGTTIN, SIG.SIGTTOU, SIG.SIGINT, SIG.SIGQUIT, SIG.SIGHUP, SIG.SIGTERM]) own.signal(signal, 'default')
      return yield* runCommand(io, own, argv)
    })
    if (after > 0) sys.go(timer())
    for (;;) {
      try {
        const done = yield* sys.wait(child)
        if (!done) continue
        const { status } = done
        if (status.kind === 'signaled') {
          if (!timedOut) {
            attempt(() => sys.signal(status.signo, 'default'))
            sys.kill(sys.pid, status.signo)
          }
          return timedOut && status.signo !== SIG.SIGKILL && !options.has('preserve-status') ? TIMED_OUT : 128 + status.signo
        }
        if (status.kind !== 'exited') continue
        return timedOut && !options.has('preserve-status') ? TIMED_OUT : status.code
      } catch (error) {
        if (isErrno(error, 'ECHILD')) {
          // Who ignores SIGCHLD, as the signal to send made it do, is not told how its child ended.
          io.err(`${io.name}: error waiting for command: ${error.message}\n`)
          return FAILED
        }
        if (!isErrno(error, 'EINTR')) throw error
      }
    }

    function* timer(): Run {
      yield* sys.sleep(after * NS_PER_SEC)
      timedOut = true
      say(signo)
      yield* io.flush()
      send(signo)
      if (killAfter === undefined || killAfter === 0) return
      yield* sys.sleep(killAfter * NS_PER_SEC)
      say(SIG.SIGKILL)
      yield* io.flush()
      send(SIG.SIGKILL)
    }
  },
})
