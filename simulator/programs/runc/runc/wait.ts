/** The exit status of a child, as runc gives it on (signals.go forward): that of the process, or 128 and the signal. Signals to runc go to the process. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'

const OWN = ['SIGCHLD', 'SIGPIPE', 'SIGURG', 'SIGKILL', 'SIGSTOP', 'SIGWINCH']

export function* statusOf(sys: Sys, pid: number): Run<number> {
  const caught: number[] = []
  for (const [name, signo] of Object.entries(SIG)) if (!OWN.includes(name)) sys.signal(signo, (n) => caught.push(n))
  for (;;) {
    try {
      const status = (yield* sys.wait(pid))?.status
      return status?.kind === 'exited' ? status.code : status?.kind === 'signaled' ? 128 + status.signo : 0
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      for (const signo of caught.splice(0)) sys.kill(pid, signo)
    }
  }
}
