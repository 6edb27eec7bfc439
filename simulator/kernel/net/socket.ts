/**
 * What all sockets have (socket(7)). Sockets know nothing of tasks: what would block answers `undefined`, and `queue` wakes
 * when asking again may help. A failed operation throws Errno; a delay that belongs to the network is returned, and the caller sleeps it.
 */
import { Errno, type ErrnoName } from '../errno'
import type { SocketAddress } from '../sys'
import { WaitQueue } from '../waitqueue'
import type { NetNamespace } from './namespace'

export type SocketFamily = 'inet' | 'inet6' | 'unix'
export type SocketType = 'stream' | 'dgram' | 'raw'

/** connect(2) decided: after so long it is done, or fails. */
export interface ConnectOutcome {
  readonly after: number
  readonly error?: ErrnoName
}

export interface Datagram {
  readonly bytes: Uint8Array
  readonly from: SocketAddress
}

export abstract class Socket {
  abstract readonly family: SocketFamily
  abstract readonly type: SocketType
  readonly namespace: NetNamespace
  readonly inode: number
  /** Who made it. */
  readonly uid: number
  /** Wakes when reading, writing or accepting may go on. */
  readonly queue = new WaitQueue()

  constructor(namespace: NetNamespace, uid: number, inode = namespace.machine.nextSocketInode()) {
    this.namespace = namespace
    this.uid = uid
    this.inode = inode
  }
  /** What /proc/PID/fd shows. */
  get label(): string {
    return `socket:[${this.inode}]`
  }
  /** Bytes, an empty array at the end of the stream, undefined when there is nothing yet. */
  abstract tryRead(count: number): Uint8Array | undefined
  /** How many bytes were taken; 0: the buffer is full. EPIPE when the other side is gone. */
  abstract tryWrite(bytes: Uint8Array): number
  abstract poll(): { readonly readable: boolean; readonly writable: boolean; readonly hangup: boolean }
  abstract close(): void
  abstract get localAddress(): SocketAddress
  abstract get peerAddress(): SocketAddress
  setV6Only(): void {
    throw new Errno('ENOPROTOOPT')
  }
  listen(_backlog: number): void {
    throw new Errno('EOPNOTSUPP')
  }
  /** The next waiting connection; undefined when there is none. */
  tryAccept(): Socket | undefined {
    throw new Errno('EOPNOTSUPP')
  }
  shutdown(_how: 'read' | 'write' | 'both'): void {
    throw new Errno('ENOTCONN')
  }
  /** sendto(2) and recvfrom(2) of datagram sockets. */
  sendTo(_bytes: Uint8Array, _to: SocketAddress): ConnectOutcome {
    throw new Errno('EOPNOTSUPP')
  }
  tryReceive(): Datagram | undefined {
    throw new Errno('EOPNOTSUPP')
  }
}
