/** The sockets of a network namespace, as /proc/net and sock_diag(7) list them. */
import type { TcpSocket } from './tcp'
import type { UdpSocket } from './udp'
import type { UnixSocket } from './unix'

export class SocketTable {
  /** Newest first, as the kernel's hash chains have them. */
  readonly tcp: TcpSocket[] = []
  readonly udp: UdpSocket[] = []
  readonly unix: UnixSocket[] = []
  /** Names in the abstract space (unix(7)), without the leading zero byte. */
  readonly abstract = new Map<string, UnixSocket>()

  clear(): void {
    this.tcp.length = 0
    this.udp.length = 0
    this.unix.length = 0
    this.abstract.clear()
  }
}

export function drop<T>(list: T[], item: T): void {
  const at = list.indexOf(item)
  if (at >= 0) list.splice(at, 1)
}
