/** Connections into a pod's network namespace (pkg/cri/server/sandbox_portforward_linux.go). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { PassedFile } from '../../kernel/sys'
import { exists } from '../files'
import type { StoredSandbox } from '../metadata/records'
import type { CriContext } from './context'
import { type Connection, StreamError } from './services'
import { Output } from './streams'

const CHUNK = 32_768

/** Connects to `port` of the pod's own loopback address. */
export function* connectInPod({ sys }: CriContext, sandbox: StoredSandbox, port: number): Run<Connection> {
  const place = sandbox.netnsPath === '' ? 'host' : sandbox.netnsPath
  const fail = (why: string): StreamError => new StreamError(`failed to execute portforward in network namespace "${place}": ${why}`)
  if (sandbox.netnsPath !== '' && !exists(sys, sandbox.netnsPath)) throw new StreamError(`network namespace for sandbox "${sandbox.id}" is closed`)
  const socket = yield* dialInside()
  if (typeof socket === 'string') {
    throw fail(`failed to connect to localhost:${port} inside namespace "${sandbox.id}", IPv4: dial tcp4 127.0.0.1:${port}: connect: ${socket} IPv6 dial tcp6: address localhost: no suitable address `)
  }
  const output = new Output(sys, 1)
  sys.go(receive(socket))
  return {
    *write(bytes) {
      try {
        yield* sys.write(socket, bytes)
      } catch (error) {
        if (!isErrno(error)) throw error
      }
    },
    next: (seen) => output.next(seen),
    *close() {
      if (sys.isOpen(socket)) sys.close(socket)
      output.abandon()
    },
  }

  function* receive(from: number): Run {
    try {
      for (;;) {
        const part = yield* sys.read(from, CHUNK)
        if (part.length === 0) break
        yield* output.push('stdout', part)
      }
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    output.end()
  }

  /** A thread enters the namespace and dials; the socket stays with the daemon. */
  function* dialInside(): Run<number | string> {
    const connected: PassedFile[] = []
    let word = ''
    const pid = sys.fork(function* (child) {
      if (sandbox.netnsPath !== '') {
        const ns = yield* child.open(sandbox.netnsPath, { read: true })
        child.setns(ns, 'net')
        child.close(ns)
      }
      try {
        const inside = child.socket('inet', 'stream')
        yield* child.connect(inside, { family: 'inet', address: '127.0.0.1', port })
        connected.push(child.passDescriptor(inside))
      } catch (error) {
        if (!isErrno(error)) throw error
        word = error.message.toLowerCase()
      }
      return 0
    })
    yield* sys.wait(pid)
    const [socket] = connected
    return socket === undefined ? word : sys.takeDescriptor(socket)
  }
}
