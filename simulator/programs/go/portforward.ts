/** Forwarding local ports into a pod, as `crictl port-forward` and `kubectl port-forward` do it (client-go tools/portforward). */
import type { Connection } from '../../containerd/cri/services'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import type { Sys } from '../../kernel/sys'
import { klogPlain } from './klog'
import type { Io } from '../program'

const BACKLOG = 128
const CHUNK = 32_768

export class ForwardError extends Error {}

interface Target {
  /** How an error names the pod. */
  readonly pod: string
  connect(port: number): Run<Connection>
  /** Runs a call of the connection in its server. */
  call<T>(work: () => Run<T>): Run<T>
}

interface Pair {
  readonly local: number
  readonly remote: number
}

function parsePorts(given: readonly string[]): Pair[] {
  return given.map((text) => {
    const parts = text.split(':')
    const [local = '', remote = local] = parts
    const number = (part: string, which: string): number => {
      if (!/^\d+$/.test(part) || Number(part) > 65_535) throw new ForwardError(`error parsing ${which} port '${part}': strconv.ParseUint: parsing "${part}": ${/^\d+$/.test(part) ? 'value out of range' : 'invalid syntax'}`)
      return Number(part)
    }
    if (parts.length > 2) throw new ForwardError(`invalid port format '${text}'`)
    const pair = { local: local === '' ? 0 : number(local, 'local'), remote: number(remote, 'remote') }
    if (pair.remote === 0) throw new ForwardError('remote port must be > 0')
    return pair
  })
}

/** Listens and forwards until it is interrupted. */
export function* forwardPorts(io: Io, given: readonly string[], target: Target): Run {
  const { sys } = io
  const pairs = parsePorts(given)
  const waiting = sys.futex()
  let isInterrupted = false
  sys.signal(SIG.SIGINT, () => {
    isInterrupted = true
  })
  const listening: string[] = []
  for (const { local, remote } of pairs) {
    const failures: string[] = []
    for (const [family, address, shown] of [['inet', '127.0.0.1', '127.0.0.1'], ['inet6', '::1', '[::1]']] as const) {
      try {
        const fd = sys.socket(family, 'stream')
        sys.bind(fd, { family, address, port: local })
        sys.listen(fd, BACKLOG)
        const bound = sys.getsockname(fd)
        const port = bound.family === 'unix' ? local : bound.port
        io.out(`Forwarding from ${shown}:${port} -> ${remote}\n`)
        listening.push(shown)
        sys.go(accepting(io, fd, port, remote, target))
      } catch (error) {
        if (!isErrno(error)) throw error
        failures.push(`unable to create listener: Error listen tcp${family === 'inet' ? '4' : '6'} ${shown}:${local}: bind: ${error.message.toLowerCase()}`)
      }
    }
    if (failures.length === 2) {
      const errors = `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${failures.join(' ')}]`
      throw new ForwardError(listening.length > 0 ? errors : `unable to listen on any of the requested ports: [{${local} ${remote}}]`)
    }
  }
  yield* io.flush()
  while (!isInterrupted) {
    try {
      yield* waiting.wait()
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}

function* accepting(io: Io, listener: number, local: number, remote: number, target: Target): Run {
  for (;;) {
    const { fd } = yield* io.sys.accept(listener)
    io.out(`Handling connection for ${local}\n`)
    yield* io.flush()
    io.sys.go(serve(io, fd, local, remote, target))
  }
}

function* serve(io: Io, socket: number, local: number, remote: number, target: Target): Run {
  const { sys } = io
  try {
    const connection = yield* target.connect(remote)
    sys.go(sending(sys, socket, connection, target))
    let seen = 0
    for (;;) {
      const last = seen
      const chunk = yield* target.call(() => connection.next(last))
      if (chunk === null) break
      seen = chunk.number
      yield* sys.write(socket, chunk.bytes)
    }
    yield* target.call(() => connection.close())
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (!isErrno(error)) {
      io.err(klogPlain(sys, 'portforward.go:406', `an error occurred forwarding ${local} -> ${remote}: error forwarding port ${remote} to pod ${target.pod}, uid : ${error.message}`))
      yield* io.flush()
    }
  }
  if (sys.isOpen(socket)) sys.close(socket)
}

function* sending(sys: Sys, socket: number, connection: Connection, target: Target): Run {
  try {
    for (;;) {
      const bytes = yield* sys.read(socket, CHUNK)
      if (bytes.length === 0) break
      yield* target.call(() => connection.write(bytes))
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
