/** /pause: the first process of a pod (kubernetes/kubernetes build/pause/linux/pause.c). It sleeps, reaps, and ends when asked. */
import { isErrno } from '../../../kernel/errno'
import { SIG, signalText } from '../../../kernel/signals'
import { ownNote } from '../../../kernel/executable'
import { program } from '../../program'

/** Of a program whose file names no release. */
const VERSION = '3.5'

export default program({
  paths: [],
  summary: 'holds the namespaces of a pod and reaps its orphans',
  memory: { vmPeak: 996, vmSize: 996, vmHWM: 696, vmRSS: 696 },
  *run(io) {
    const { sys } = io
    if (io.args.includes('-v')) {
      io.out(`pause.c ${(yield* ownNote(sys)).release || VERSION}\n`)
      return 0
    }
    if (sys.pid !== 1) io.err('Warning: pause should be the first process\n')
    yield* io.flush()
    let shutdown = 0
    const down = (signo: number) => {
      shutdown = signo
    }
    sys.signal(SIG.SIGINT, down)
    sys.signal(SIG.SIGTERM, down)
    sys.signal(SIG.SIGCHLD, () => {})
    for (;;) {
      try {
        yield* sys.pause()
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
      if (shutdown > 0) {
        io.err(`Shutting down, got signal: ${signalText(shutdown)}\n`)
        return 0
      }
      yield* reap(sys)
    }
  },
})

/** waitpid(-1, NULL, WNOHANG) until nobody is left. */
function* reap(sys: import('../../../kernel/sys').Sys) {
  try {
    while (yield* sys.wait(-1, { noHang: true }));
  } catch (error) {
    if (!isErrno(error, 'ECHILD')) throw error
  }
}
