/** UDP sockets (udp(7)), enough for name servers and their clients. */
import type { Credentials } from '../credentials'
import { Errno, type ErrnoName } from '../errno'
import type { SocketAddress } from '../sys'
import { ANY, type Family, isAny } from './address'
import type { NetNamespace } from './namespace'
import type { NetEndpoint } from './nat'
import { type ConnectOutcome, type Datagram, Socket } from './socket'
import { drop } from './sockets'
import { checkBind, ephemeralPort } from './tcp'
import { carry, travel } from './topology'

const HEADERS = 42
const MOST_WAITING = 512

export class UdpSocket extends Socket {
  readonly type = 'dgram'
  readonly family: Family
  local: NetEndpoint
  remote: NetEndpoint | undefined
  private readonly incoming: Datagram[] = []
  /** What an ICMP message said about a datagram we sent. */
  private error: ErrnoName | undefined

  constructor(namespace: NetNamespace, family: Family, uid: number) {
    super(namespace, uid)
    this.family = family
    this.local = { address: ANY[family], port: 0 }
  }
  bind(address: SocketAddress, credentials: Credentials): void {
    if (this.local.port !== 0) throw new Errno('EINVAL')
    const wanted = checkBind(this.namespace, this.family, address, credentials)
    const { udp } = this.namespace.sockets
    const clash = (other: UdpSocket) =>
      other.local.port === wanted.port && (other.local.address === wanted.address || isAny(other.local.address) || isAny(wanted.address))
    if (wanted.port !== 0 && udp.some(clash)) throw new Errno('EADDRINUSE')
    this.take({ address: wanted.address, port: wanted.port })
  }
  private take(local: NetEndpoint): void {
    const { udp } = this.namespace.sockets
    this.local = { ...local, port: local.port || ephemeralPort(this.namespace, local.address, udp) }
    if (!udp.includes(this)) udp.unshift(this)
  }
  connect(address: SocketAddress): ConnectOutcome {
    if (address.family === 'unix') throw new Errno('EAFNOSUPPORT')
    const way = travel(this.namespace, { protocol: 'udp', to: address, source: this.local.address })
    // Only this machine's own routes matter here: nothing is sent yet.
    if ('unreachable' in way && !way.unreachable.by && (way.unreachable.error === 'ENETUNREACH' || way.unreachable.error === 'EACCES')) return { after: 0, error: way.unreachable.error }
    this.take({ address: 'path' in way ? way.path.source : this.sourceTo(address.address), port: this.local.port })
    this.remote = { address: address.address, port: address.port }
    return { after: 0 }
  }
  /** The address that a packet there would carry. */
  private sourceTo(to: string): string {
    const route = this.namespace.route(to)
    return isAny(this.local.address) && route ? (this.namespace.sourceFor(route) ?? this.local.address) : this.local.address
  }
  override sendTo(bytes: Uint8Array, to: SocketAddress): ConnectOutcome {
    if (to.family === 'unix') throw new Errno('EAFNOSUPPORT')
    if (this.local.port === 0) this.take(this.local)
    const way = travel(this.namespace, { protocol: 'udp', to, source: this.local.address })
    if ('unreachable' in way) {
      if (way.unreachable.error === 'ENETUNREACH' && !way.unreachable.by) return { after: 0, error: 'ENETUNREACH' }
      if (this.remote && way.unreachable.error !== 'ETIMEDOUT') this.error = way.unreachable.error
      return { after: 0 }
    }
    const { path } = way
    carry(path.hops, HEADERS + bytes.length)
    const at = path.to
    const receiver = path.namespace.sockets.udp.find(
      (socket) =>
        socket.local.port === at.port && (socket.local.address === at.address || isAny(socket.local.address)) &&
        (!socket.remote || (socket.remote.port === this.local.port && (socket.remote.address === path.seen || socket.remote.address === to.address))),
    )
    if (!receiver) {
      if (this.remote) this.error = 'ECONNREFUSED'
      this.queue.wake()
    } else if (receiver.incoming.length < MOST_WAITING) {
      // A reply comes from the address that was asked, also when it was translated on the way.
      const from = receiver.remote && receiver.remote.port !== this.local.port ? receiver.remote : { address: path.seen, port: this.local.port }
      receiver.incoming.push({ bytes: bytes.slice(), from: { family: this.family, ...from } })
      receiver.queue.wake()
    }
    return { after: path.latency }
  }
  override tryReceive(): Datagram | undefined {
    const { error } = this
    if (error) {
      this.error = undefined
      throw new Errno(error)
    }
    return this.incoming.shift()
  }
  override tryRead(count: number): Uint8Array | undefined {
    return this.tryReceive()?.bytes.subarray(0, count)
  }
  override tryWrite(bytes: Uint8Array): number {
    if (!this.remote) throw new Errno('EDESTADDRREQ')
    const { error } = this.sendTo(bytes, { family: this.family, ...this.remote })
    if (error) throw new Errno(error)
    return bytes.length
  }
  override poll() {
    return { readable: this.incoming.length > 0 || this.error !== undefined, writable: true, hangup: false }
  }
  override shutdown(): void {
    if (!this.remote) throw new Errno('ENOTCONN')
  }
  override close(): void {
    drop(this.namespace.sockets.udp, this)
    this.incoming.length = 0
    this.queue.wake()
  }
  override get localAddress(): SocketAddress {
    return { family: this.family, ...this.local }
  }
  override get peerAddress(): SocketAddress {
    if (!this.remote) throw new Errno('ENOTCONN')
    return { family: this.family, ...this.remote }
  }
  get waiting(): number {
    return this.incoming.reduce((sum, datagram) => sum + datagram.bytes.length, 0)
  }
}

