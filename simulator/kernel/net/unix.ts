/**
 * Unix sockets (unix(7)): streams and datagrams within a machine, by a path (the caller finds the inode and hands over the socket
 * bound to it) or by an abstract name of the network namespace. A service socket carries a typed service instead of bytes.
 */
import { EMPTY } from '../bytes'
import { Errno } from '../errno'
import type { Service, SocketAddress } from '../sys'
import { ByteQueue } from './bytequeue'
import type { NetNamespace } from './namespace'
import { type Datagram, Socket } from './socket'
import { drop } from './sockets'

const BUFFER = 212_992
const SOMAXCONN = 4096

export class UnixSocket extends Socket {
  readonly family = 'unix'
  readonly type: 'stream' | 'dgram'
  /** A path, or `@name` in the abstract space; undefined: unnamed. */
  name: string | undefined
  state: 'unconnected' | 'listening' | 'connected' = 'unconnected'
  backlog = 0
  readonly pending: UnixSocket[] = []
  peer: UnixSocket | undefined
  /** What `sys.serve` put here. */
  service: Service | undefined
  private readonly incoming = new ByteQueue()
  private readonly datagrams: Datagram[] = []
  private ended = false
  private deaf = false
  private mute = false

  constructor(namespace: NetNamespace, type: 'stream' | 'dgram', uid: number, inode?: number) {
    super(namespace, uid, inode)
    this.type = type
    namespace.sockets.unix.unshift(this)
  }
  /** socketpair(2). */
  static pair(namespace: NetNamespace, type: 'stream' | 'dgram', uid: number): readonly [UnixSocket, UnixSocket] {
    const a = new UnixSocket(namespace, type, uid)
    const b = new UnixSocket(namespace, type, uid)
    a.join(b)
    return [a, b]
  }
  private join(other: UnixSocket): void {
    this.peer = other
    other.peer = this
    this.state = 'connected'
    other.state = 'connected'
  }
  /** Takes a name. For a path the caller has made the inode; abstract names (`@…`) are kept here. */
  bind(name: string): void {
    if (this.name !== undefined) throw new Errno('EINVAL')
    if (name.startsWith('@')) {
      const { abstract } = this.namespace.sockets
      if (abstract.has(name.slice(1))) throw new Errno('EADDRINUSE')
      abstract.set(name.slice(1), this)
    }
    this.name = name
  }
  override listen(backlog: number): void {
    if (this.type !== 'stream') throw new Errno('EOPNOTSUPP')
    if (this.name === undefined) throw new Errno('EINVAL')
    this.state = 'listening'
    this.backlog = Math.min(backlog < 0 ? SOMAXCONN : backlog, SOMAXCONN)
  }
  override tryAccept(): UnixSocket | undefined {
    if (this.state !== 'listening') throw new Errno('EINVAL')
    return this.pending.shift()
  }
  /** Connects to the socket that `target` names: the one bound to the inode, or in the abstract space. */
  connect(target: UnixSocket | undefined): void {
    if (this.state === 'connected' && this.type === 'stream') throw new Errno('EISCONN')
    if (!target) throw new Errno('ECONNREFUSED')
    if (target.type !== this.type) throw new Errno('EPROTOTYPE')
    if (this.type === 'dgram') {
      this.peer = target
      this.state = 'connected'
      return
    }
    if (target.state !== 'listening') throw new Errno('ECONNREFUSED')
    if (target.pending.length > target.backlog) throw new Errno('EAGAIN')
    const other = new UnixSocket(target.namespace, 'stream', target.uid)
    other.name = target.name
    this.join(other)
    target.pending.push(other)
    target.queue.wake()
  }
  static abstract(namespace: NetNamespace, name: string): UnixSocket | undefined {
    return namespace.sockets.abstract.get(name.replace(/^@/, ''))
  }
  override tryRead(count: number): Uint8Array | undefined {
    if (this.type === 'dgram') return this.tryReceive()?.bytes.subarray(0, count)
    if (this.incoming.length > 0) {
      const bytes = this.incoming.take(count)
      this.peer?.queue.wake()
      return bytes
    }
    if (this.state !== 'connected' && !this.ended) throw new Errno('EINVAL')
    return this.ended || this.deaf ? EMPTY : undefined
  }
  override tryWrite(bytes: Uint8Array): number {
    const { peer } = this
    if (this.mute) throw new Errno('EPIPE')
    if (!peer) throw new Errno(this.ended ? 'EPIPE' : 'ENOTCONN')
    if (this.type === 'dgram') {
      peer.datagrams.push({ bytes: bytes.slice(), from: this.localAddress })
      peer.queue.wake()
      return bytes.length
    }
    const room = Math.min(bytes.length, BUFFER - peer.incoming.length)
    if (room <= 0) return 0
    peer.incoming.push(bytes.subarray(0, room))
    peer.queue.wake()
    return room
  }
  override tryReceive(): Datagram | undefined {
    return this.datagrams.shift()
  }
  /** A datagram to the socket that a path or an abstract name names. */
  deliver(bytes: Uint8Array, target: UnixSocket | undefined): void {
    if (!target) throw new Errno('ECONNREFUSED')
    target.datagrams.push({ bytes: bytes.slice(), from: this.localAddress })
    target.queue.wake()
  }
  override poll() {
    if (this.state === 'listening') return { readable: this.pending.length > 0, writable: false, hangup: false }
    if (this.type === 'dgram') return { readable: this.datagrams.length > 0, writable: true, hangup: false }
    const room = this.peer !== undefined && this.peer.incoming.length < BUFFER
    return { readable: this.incoming.length > 0 || this.ended || this.deaf, writable: room || this.ended, hangup: this.ended && !this.peer }
  }
  override shutdown(how: 'read' | 'write' | 'both'): void {
    if (!this.peer) throw new Errno('ENOTCONN')
    if (how !== 'write') this.deaf = true
    if (how !== 'read') {
      this.mute = true
      this.peer.ended = true
      this.peer.queue.wake()
    }
    this.queue.wake()
  }
  override close(): void {
    const { abstract, unix } = this.namespace.sockets
    drop(unix, this)
    if (this.name?.startsWith('@') && abstract.get(this.name.slice(1)) === this) abstract.delete(this.name.slice(1))
    for (const waiting of this.pending.splice(0)) waiting.close()
    const { peer } = this
    this.peer = undefined
    this.state = 'unconnected'
    if (peer?.peer === this) {
      peer.peer = undefined
      peer.ended = true
      peer.queue.wake()
    }
    this.queue.wake()
  }
  override get localAddress(): SocketAddress {
    return { family: 'unix', path: this.name ?? '' }
  }
  override get peerAddress(): SocketAddress {
    if (!this.peer) throw new Errno('ENOTCONN')
    return { family: 'unix', path: this.peer.name ?? '' }
  }
  get queues(): { readonly receive: number; readonly send: number } {
    return this.state === 'listening' ? { receive: this.pending.length, send: this.backlog } : { receive: this.incoming.length, send: 0 }
  }
}
