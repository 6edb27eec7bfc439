/**
 * A container's terminal (libcontainer/console_linux.go, init_linux.go setupConsole): a pseudo-terminal of the container's own devpts. The
 * slave is the process' standard streams, and /dev/console where the process is a container's first; the master is sent to whoever
 * attends: what listens at the console socket, or runc itself.
 */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { PassedFile, Service, Sys } from '../../kernel/sys'
import { RuncError } from './error'

const CONSOLE = Symbol('console')

interface ConsoleSocket extends Service {
  readonly [CONSOLE]: true
  receive(master: PassedFile): Run
}

/** What is served at a console socket. */
export const consoleSocket = (receive: (master: PassedFile) => void): ConsoleSocket => ({
  [CONSOLE]: true,
  *receive(master) {
    receive(master)
  },
})

const isConsoleSocket = (service: Service): service is ConsoleSocket => CONSOLE in service

/** Who attends a process' terminal. */
export type Attendant = { readonly kind: 'socket'; readonly path: string } | { readonly kind: 'own'; receive(master: PassedFile): void } | { readonly kind: 'nobody' }

/** Gives the master to who attends; called by the process that has the terminal. */
export type SendMaster = (sys: Sys, master: PassedFile) => Run

/** Connects to the attendant, before anything is started (utils_linux.go setupIO). */
export function connectAttendant(sys: Sys, attendant: Attendant): SendMaster {
  if (attendant.kind !== 'socket')
    return function* (_, master) {
      if (attendant.kind === 'own') attendant.receive(master)
    }
  try {
    const service = sys.dial(attendant.path)
    return function* (self, master) {
      if (isConsoleSocket(service)) yield* self.call(service, (socket) => socket.receive(master))
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`dial unix ${attendant.path}: connect: ${error.message.toLowerCase()}`)
  }
}

/** Makes the terminal that of the calling process. Its size is nobody's yet: who attends sets it. */
export function* attachConsole(sys: Sys, who: 'init' | 'exec', send: SendMaster): Run {
  const { master, slave, path } = sys.openPty({ cols: 0, rows: 0 })
  if (who === 'init') yield* bindConsole(sys, path)
  yield* send(sys, sys.passDescriptor(master))
  sys.close(master)
  for (const fd of [0, 1, 2]) sys.dup2(slave, fd)
  if (slave > 2) sys.close(slave)
  sys.setControllingTty(0)
}

function* bindConsole(sys: Sys, slave: string): Run {
  const old = sys.umask(0)
  yield* sys.writeFile('/dev/console', new Uint8Array(0), { mode: 0o666 })
  sys.umask(old)
  sys.mount(slave, '/dev/console', '', 'bind')
}
