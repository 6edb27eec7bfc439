/** socket(2), bind(2), connect(2) and the rest, between tasks and the sockets of kernel/net. */
import { Errno } from './errno'
import { NamespaceInode } from './fs/nsfs'
import { NetNamespace } from './net/namespace'
import { NetlinkSocket } from './net/netlink'
import type { Netlink, NetnsReference } from './net/rtnetlink'
import type { Socket } from './net/socket'
import { TcpSocket } from './net/tcp'
import { UdpSocket } from './net/udp'
import { UnixSocket } from './net/unix'
import type { Run } from './run'
import type { SocketAddress } from './sys'
import type { Task } from './task'
import type { Inode } from './vfs/inode'
import { permitted, resolve } from './vfs/namei'
import { create, owner } from './vfs/operations'

/** Which socket is bound to a file. */
const BOUND = new WeakMap<Inode, UnixSocket>()

export function newSocket(task: Task, family: 'inet' | 'inet6' | 'unix', type: 'stream' | 'dgram' | 'raw'): Socket {
  const uid = task.credentials.fsuid
  if (type === 'raw') throw new Errno('EPROTONOSUPPORT')
  if (family === 'unix') return new UnixSocket(task.ns.net, type, uid)
  return type === 'stream' ? new TcpSocket(task.ns.net, family, uid) : new UdpSocket(task.ns.net, family, uid)
}

export function bindSocket(task: Task, socket: Socket, address: SocketAddress): void {
  if (socket instanceof UnixSocket) {
    if (address.family !== 'unix') throw new Errno('EAFNOSUPPORT')
    if (!address.path.startsWith('@')) {
      let at: { inode: Inode }
      try {
        at = create(task, address.path, (now) => ({ kind: 'sock', mode: 0o777 & ~task.umask, ...owner(task), now }))
      } catch (error) {
        throw error instanceof Errno && error.code === 'EEXIST' ? new Errno('EADDRINUSE') : error
      }
      BOUND.set(at.inode, socket)
    }
    socket.bind(address.path)
    return
  }
  if (socket instanceof TcpSocket || socket instanceof UdpSocket) socket.bind(address, task.credentials)
}

export function listenSocket(socket: Socket, backlog: number): void {
  socket.listen(backlog)
}

export function* acceptSocket(task: Task, socket: Socket): Run<Socket> {
  for (;;) {
    const next = socket.tryAccept()
    if (next) return next
    task.wchan = 'inet_csk_accept'
    if ((yield* task.kernel.block([socket.queue])) === 'interrupted') throw new Errno('EINTR')
  }
}

export function* connectSocket(task: Task, socket: Socket, address: SocketAddress): Run {
  if (socket instanceof UnixSocket) {
    if (address.family !== 'unix') throw new Errno('EINVAL')
    if (address.path.startsWith('@')) return socket.connect(UnixSocket.abstract(task.ns.net, address.path.slice(1)))
    const { inode } = resolve(task, address.path)
    if (inode.kind !== 'sock') throw new Errno('ECONNREFUSED')
    if (!permitted(task, inode, 2)) throw new Errno('EACCES')
    return socket.connect(BOUND.get(inode))
  }
  if (!(socket instanceof TcpSocket) && !(socket instanceof UdpSocket)) throw new Errno('EOPNOTSUPP')
  const { after, error } = socket.connect(address)
  const until = task.kernel.clock.monotonic + after
  while (after > 0 && task.kernel.clock.monotonic < until) {
    const why = yield* task.kernel.block([], until - task.kernel.clock.monotonic)
    if (why === 'interrupted') throw new Errno('EINTR')
  }
  if (error) throw new Errno(error)
}

/** netlink(7) as a task sees it. */
export function netlinkOf(task: Task): Netlink {
  return new NetlinkSocket({ namespace: task.ns.net, credentials: task.credentials, find: (reference) => namespaceFor(task, reference) })
}

function namespaceFor(task: Task, reference: NetnsReference): NetNamespace {
  if ('pid' in reference) {
    const target = task.ns.pid.tasks.get(reference.pid)
    if (!target) throw new Errno('ESRCH')
    return target.ns.net
  }
  const file = task.fds.get(reference.fd)?.file
  if (!file) throw new Errno('EBADF')
  const { inode } = file
  const ns = inode instanceof NamespaceInode ? inode.namespace : undefined
  if (!(ns instanceof NetNamespace)) throw new Errno('EINVAL')
  return ns
}
