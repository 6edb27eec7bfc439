/** TCP sockets (tcp(7)): states, connections along a path of the topology, the accept queue, TIME_WAIT. */
import { EMPTY } from '../bytes'
import { type Credentials, capableIn } from '../credentials'
import { Errno, type ErrnoName } from '../errno'
import type { Service, SocketAddress } from '../sys'
import { ANY, type Family, isAny, isLoopback } from './address'
import { ByteQueue } from './bytequeue'
import type { NetNamespace } from './namespace'
import type { NetEndpoint } from './nat'
import { type ConnectOutcome, Socket } from './socket'
import { drop } from './sockets'
import { type Hop, SYN_TIMEOUT_NS, TCP_HEADERS, carry, reversed, travel } from './topology'

/** With the numbers of include/net/tcp_states.h. */
export const TCP_STATES = {
  ESTABLISHED: 1, SYN_SENT: 2, SYN_RECV: 3, FIN_WAIT1: 4, FIN_WAIT2: 5, TIME_WAIT: 6, CLOSE: 7, CLOSE_WAIT: 8, LAST_ACK: 9, LISTEN: 10, CLOSING: 11,
} as const
export type TcpState = keyof typeof TCP_STATES

const TIME_WAIT_NS = 60e9
const BUFFER = 212_992
const SEGMENT = 1448
const SOMAXCONN = 4096
/** net.ipv4.ip_local_port_range, net.ipv4.ip_unprivileged_port_start. */
const EPHEMERAL = { low: 32768, high: 60999 }
const PRIVILEGED = 1024

export type InetSocketAddress = Extract<SocketAddress, { port: number }>

/** A bound address takes another's connections when the ports agree and one of the addresses is a wildcard or both are equal. */
const collide = (a: NetEndpoint, b: NetEndpoint): boolean =>
  a.port === b.port && (a.address === b.address || a.address === '::' || b.address === '::' || (isAny(a.address) && !b.address.includes(':')) || (isAny(b.address) && !a.address.includes(':')))

/** A port that nobody in `taken` uses at that address. */
export function ephemeralPort(namespace: NetNamespace, address: string, taken: readonly { readonly local: NetEndpoint }[]): number {
  const span = EPHEMERAL.high - EPHEMERAL.low + 1
  const first = namespace.machine.random.uint32() % span
  for (let i = 0; i < span; i++) {
    const port = EPHEMERAL.low + ((first + i) % span)
    if (!taken.some((socket) => collide(socket.local, { address, port }))) return port
  }
  throw new Errno('EADDRINUSE')
}

/** The checks of bind(2) that TCP and UDP share. */
export function checkBind(namespace: NetNamespace, family: Family, address: SocketAddress, credentials: Credentials): InetSocketAddress {
  if (address.family === 'unix') throw new Errno('EAFNOSUPPORT')
  if (family === 'inet' && address.address.includes(':')) throw new Errno('EAFNOSUPPORT')
  if (!isAny(address.address) && !namespace.localDevice(address.address)) throw new Errno('EADDRNOTAVAIL')
  if (address.port !== 0 && address.port < PRIVILEGED && !capableIn(credentials, namespace.owner, 'CAP_NET_BIND_SERVICE')) throw new Errno('EACCES')
  return address
}

export class TcpSocket extends Socket {
  readonly type = 'stream'
  readonly family: Family
  state: TcpState = 'CLOSE'
  local: NetEndpoint
  remote: NetEndpoint
  /** While in TIME_WAIT: when that ends, monotonic ns. */
  expires = 0
  /** The hashed address that /proc/net/tcp showed of a captured socket. */
  pointer: string | undefined
  backlog = 0
  /** Connections that are established and not accepted yet. */
  readonly pending: TcpSocket[] = []
  /** A typed service that answers here in place of bytes (`sys.servePort`); a client finds it on its own end once connected. */
  service: Service | undefined
  private readonly incoming = new ByteQueue()
  private peer: TcpSocket | undefined
  private hops: readonly Hop[] = []
  private ended = false
  private error: ErrnoName | undefined
  private bound = false
  /** IPV6_V6ONLY of ipv6(7). */
  v6only = false

  constructor(namespace: NetNamespace, family: Family, uid: number, inode?: number) {
    super(namespace, uid, inode)
    this.family = family
    this.local = { address: ANY[family], port: 0 }
    this.remote = { address: ANY[family], port: 0 }
  }

  /** Those of a namespace, without what has left TIME_WAIT meanwhile. */
  static all(namespace: NetNamespace): readonly TcpSocket[] {
    const { tcp } = namespace.sockets
    const now = namespace.machine.clock.monotonic
    for (const socket of [...tcp]) if (socket.state === 'TIME_WAIT' && socket.expires <= now) drop(tcp, socket)
    return tcp
  }

  bind(address: SocketAddress, credentials: Credentials): void {
    if (this.bound) throw new Errno('EINVAL')
    const wanted = checkBind(this.namespace, this.family, address, credentials)
    const others = TcpSocket.all(this.namespace).filter((socket) => socket.state === 'LISTEN' || socket.state === 'CLOSE')
    const apart = (other: TcpSocket): boolean => (other.v6only && this.family === 'inet') || (this.v6only && other.family === 'inet')
    if (wanted.port !== 0 && others.some((socket) => collide(socket.local, wanted) && !apart(socket))) throw new Errno('EADDRINUSE')
    this.local = { address: wanted.address, port: wanted.port || ephemeralPort(this.namespace, wanted.address, others) }
    this.bound = true
    this.enlist()
  }
  override setV6Only(): void {
    if (this.family === 'inet') throw new Errno('ENOPROTOOPT')
    if (this.bound) throw new Errno('EINVAL')
    this.v6only = true
  }
  override listen(backlog: number): void {
    if (this.state !== 'CLOSE' && this.state !== 'LISTEN') throw new Errno('EINVAL')
    if (!this.bound) {
      this.local = { ...this.local, port: ephemeralPort(this.namespace, this.local.address, TcpSocket.all(this.namespace)) }
      this.bound = true
    }
    this.backlog = Math.min(backlog < 0 ? SOMAXCONN : backlog, SOMAXCONN)
    this.state = 'LISTEN'
    this.enlist()
  }
  override tryAccept(): TcpSocket | undefined {
    if (this.state !== 'LISTEN') throw new Errno('EINVAL')
    return this.pending.shift()
  }

  connect(address: SocketAddress): ConnectOutcome {
    if (address.family === 'unix') throw new Errno('EAFNOSUPPORT')
    if (this.state === 'LISTEN') throw new Errno('EISCONN')
    if (this.state !== 'CLOSE') throw new Errno('EISCONN')
    if (this.family === 'inet' && address.address.includes(':')) throw new Errno('EAFNOSUPPORT')
    const way = travel(this.namespace, { protocol: 'tcp', to: address, source: this.local.address })
    if ('unreachable' in way) return { after: way.unreachable.after, error: way.unreachable.error }
    const { path } = way
    const server = TcpSocket.listener(path.namespace, path.to)
    carry(path.hops, TCP_HEADERS + 8)
    if (!server) {
      carry(reversed(path.hops), TCP_HEADERS - 12)
      return { after: 2 * path.latency, error: 'ECONNREFUSED' }
    }
    if (server.pending.length > server.backlog) return { after: SYN_TIMEOUT_NS, error: 'ETIMEDOUT' }
    carry(reversed(path.hops), TCP_HEADERS + 8)
    carry(path.hops, TCP_HEADERS)
    const port = this.local.port || ephemeralPort(this.namespace, path.source, TcpSocket.all(this.namespace))
    this.local = { address: path.source, port }
    this.remote = { address: address.address, port: address.port }
    const other = new TcpSocket(path.namespace, server.family, server.uid)
    other.local = path.to
    other.remote = { address: path.seen, port }
    other.hops = reversed(path.hops)
    this.hops = path.hops
    this.peer = other
    other.peer = this
    this.state = 'ESTABLISHED'
    other.state = 'ESTABLISHED'
    this.bound = true
    other.bound = true
    this.enlist()
    other.enlist()
    if (server.service) this.service = server.service
    else server.pending.push(other)
    server.queue.wake()
    return { after: 2 * path.latency }
  }
  /** Who takes connections to an address: the exact one before the wildcards. */
  private static listener(namespace: NetNamespace, to: NetEndpoint): TcpSocket | undefined {
    const listening = TcpSocket.all(namespace).filter((socket) => socket.state === 'LISTEN' && socket.local.port === to.port)
    return (
      listening.find((socket) => socket.local.address === to.address) ??
      listening.find((socket) => socket.local.address === (to.address.includes(':') ? '::' : '0.0.0.0')) ??
      listening.find((socket) => socket.local.address === '::' && !socket.v6only)
    )
  }

  override tryRead(count: number): Uint8Array | undefined {
    if (this.state === 'LISTEN') throw new Errno('ENOTCONN')
    if (this.incoming.length > 0) {
      const bytes = this.incoming.take(count)
      this.peer?.queue.wake()
      return bytes
    }
    this.raise()
    if (this.ended) return EMPTY
    if (this.state === 'CLOSE') throw new Errno('ENOTCONN')
    return undefined
  }
  override tryWrite(bytes: Uint8Array): number {
    this.raise()
    if (this.state !== 'ESTABLISHED' && this.state !== 'CLOSE_WAIT') throw new Errno('EPIPE')
    const { peer } = this
    if (!peer) throw new Errno('EPIPE')
    if (peer.state === 'TIME_WAIT' || peer.closed) {
      this.error = 'EPIPE'
      this.peer = undefined
      return bytes.length
    }
    const room = Math.min(bytes.length, BUFFER - peer.incoming.length)
    if (room <= 0) return 0
    peer.incoming.push(bytes.subarray(0, room))
    for (let at = 0; at < room; at += SEGMENT) carry(this.hops, TCP_HEADERS + Math.min(SEGMENT, room - at))
    carry(peer.hops, TCP_HEADERS)
    peer.queue.wake()
    return room
  }
  private raise(): void {
    const { error } = this
    if (!error) return
    this.error = error === 'EPIPE' ? error : undefined
    throw new Errno(error)
  }
  override poll() {
    const over = this.ended || this.error !== undefined
    if (this.state === 'LISTEN') return { readable: this.pending.length > 0, writable: false, hangup: false }
    const room = this.peer !== undefined && this.peer.incoming.length < BUFFER
    return { readable: this.incoming.length > 0 || over, writable: room || this.error !== undefined, hangup: this.error !== undefined || this.state === 'CLOSE' }
  }
  override shutdown(how: 'read' | 'write' | 'both'): void {
    if (this.state === 'LISTEN') {
      this.stopListening()
      this.state = 'CLOSE'
      return
    }
    if (!this.peer) throw new Errno('ENOTCONN')
    if (how !== 'write') this.ended = true
    if (how !== 'read') this.finish()
    this.queue.wake()
  }
  private closed = false
  override close(): void {
    if (this.closed) return
    this.closed = true
    if (this.state === 'LISTEN') this.stopListening()
    else if (this.incoming.length > 0) this.reset()
    else this.finish()
    if (this.state === 'LISTEN' || this.state === 'CLOSE') drop(this.namespace.sockets.tcp, this)
    this.queue.wake()
  }
  private stopListening(): void {
    for (const waiting of this.pending.splice(0)) waiting.reset()
  }
  /** RST: the other side learns at once. */
  private reset(): void {
    const { peer } = this
    this.peer = undefined
    this.state = 'CLOSE'
    drop(this.namespace.sockets.tcp, this)
    if (!peer) return
    carry(this.hops, TCP_HEADERS - 12)
    peer.peer = undefined
    peer.error = 'ECONNRESET'
    peer.state = 'CLOSE'
    drop(peer.namespace.sockets.tcp, peer)
    peer.queue.wake()
  }
  /** FIN. Who sends it first ends in TIME_WAIT, once the other has sent its own. */
  private finish(): void {
    const { peer } = this
    if (this.state === 'ESTABLISHED' && peer) {
      this.state = 'FIN_WAIT2'
      peer.state = 'CLOSE_WAIT'
      peer.ended = true
      carry(this.hops, TCP_HEADERS)
      carry(peer.hops, TCP_HEADERS)
      peer.queue.wake()
    } else if (this.state === 'CLOSE_WAIT') {
      this.state = 'CLOSE'
      drop(this.namespace.sockets.tcp, this)
      carry(this.hops, TCP_HEADERS)
      if (!peer) return
      carry(peer.hops, TCP_HEADERS)
      peer.ended = true
      peer.state = 'TIME_WAIT'
      peer.expires = peer.namespace.machine.clock.monotonic + TIME_WAIT_NS
      peer.queue.wake()
    }
  }
  /** A socket as a capture shows it: a listener, or what is left of a connection. */
  restore(state: 'LISTEN' | 'TIME_WAIT', at: { local: NetEndpoint; remote: NetEndpoint; backlog: number; expires: number; pointer: string | undefined }): void {
    this.pointer = at.pointer
    this.state = state
    this.local = at.local
    this.remote = at.remote
    this.backlog = at.backlog
    this.expires = at.expires
    this.bound = true
    this.namespace.sockets.tcp.push(this)
  }
  private enlist(): void {
    const { tcp } = this.namespace.sockets
    if (!tcp.includes(this)) tcp.unshift(this)
  }
  private ending(endpoint: NetEndpoint): SocketAddress {
    return { family: this.family, address: endpoint.address, port: endpoint.port }
  }
  override get localAddress(): SocketAddress {
    return this.ending(this.local)
  }
  override get peerAddress(): SocketAddress {
    if (this.state === 'CLOSE' || this.state === 'LISTEN') throw new Errno('ENOTCONN')
    return this.ending(this.remote)
  }
  /** Bytes that wait: for a listener its accept queue and its limit, else what is unread here and there. */
  get queues(): { readonly receive: number; readonly send: number } {
    if (this.state === 'LISTEN') return { receive: this.pending.length, send: this.backlog }
    return { receive: this.state === 'TIME_WAIT' ? 0 : this.incoming.length, send: 0 }
  }
  /** No process holds it any more. */
  get orphan(): boolean {
    return this.closed
  }
  get onLoopback(): boolean {
    return isLoopback(this.local.address)
  }
}
