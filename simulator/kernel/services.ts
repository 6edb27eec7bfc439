/**
 * Services behind unix sockets: what gRPC over /run/containerd/containerd.sock is on a real node. The socket is a file;
 * whoever serves it runs the calls as goroutines of its own task.
 */
import { Errno } from './errno'
import type { Run } from './run'
import type { Service } from './sys'
import type { Task } from './task'
import type { Inode } from './vfs/inode'
import { WaitQueue } from './waitqueue'

interface Served {
  readonly task: Task
  readonly service: Service
}

const BY_SOCKET = new WeakMap<Inode, Served>()
const SERVERS = new WeakMap<Service, Task>()

/** Binds a service to a socket file. */
export function bindService(inode: Inode, task: Task, service: Service): void {
  BY_SOCKET.set(inode, { task, service })
  SERVERS.set(service, task)
}

/** Names the task that runs a service's calls (one served on a port). */
export function ownService(task: Task, service: Service): void {
  SERVERS.set(service, task)
}

/** The service behind a socket file. ECONNREFUSED when nobody serves it any more. */
export function serviceOf(inode: Inode): Service {
  const served = BY_SOCKET.get(inode)
  if (!served || served.task.isZombie) throw new Errno('ECONNREFUSED')
  return served.service
}

type Outcome<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'error'; readonly error: unknown } | { readonly kind: 'open' }

/** Runs `work` in the server's task and waits for it. */
export function* callService<S extends Service, T>(caller: Task, service: S, work: (service: S) => Run<T>): Run<T> {
  const server = SERVERS.get(service)
  if (!server || server.isZombie) throw new Errno('ECONNREFUSED')
  const call: { outcome: Outcome<T>; readonly queue: WaitQueue } = { outcome: { kind: 'open' }, queue: new WaitQueue() }
  server.kernel.start(server, serveCall(service, work, call))
  for (;;) {
    const { outcome } = call
    if (outcome.kind === 'value') return outcome.value
    if (outcome.kind === 'error') throw outcome.error
    if (server.isZombie) throw new Errno('ECONNRESET')
    if ((yield* caller.kernel.block([call.queue])) === 'interrupted' && call.outcome.kind === 'open') throw new Errno('EINTR')
  }
}

/** Waits until the task that serves it has ended. */
export function* serverEnds(caller: Task, service: Service): Run {
  const server = SERVERS.get(service)
  while (server && !server.isZombie) if ((yield* caller.kernel.block([server.ended])) === 'interrupted') throw new Errno('EINTR')
}

function* serveCall<S, T>(service: S, work: (service: S) => Run<T>, call: { outcome: Outcome<T>; readonly queue: WaitQueue }): Run {
  try {
    call.outcome = { kind: 'value', value: yield* work(service) }
  } catch (error) {
    call.outcome = { kind: 'error', error }
  } finally {
    call.queue.wake()
  }
}
