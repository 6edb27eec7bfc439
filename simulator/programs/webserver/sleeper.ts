/**
 * Stand-ins for servers whose only recorded behaviour is to wait (recordings/README.md, cri-node): they sleep, and end
 * on SIGINT or SIGTERM, or on the signals that are named.
 */
import { isErrno } from '../../kernel/errno'
import { SIG } from '../../kernel/signals'
import { type ProgramModule, program } from '../program'

export const sleeper = (summary: string, signals: readonly number[] = [SIG.SIGINT, SIG.SIGTERM]): ProgramModule =>
  program({
    paths: [],
    summary,
    memory: { vmPeak: 988, vmSize: 988, vmHWM: 696, vmRSS: 696 },
    *run({ sys }) {
      let ended = false
      const end = () => {
        ended = true
      }
      for (const signo of signals) sys.signal(signo, end)
      while (!ended) {
        try {
          yield* sys.pause()
        } catch (error) {
          if (!isErrno(error, 'EINTR')) throw error
        }
      }
      return 0
    },
  })
