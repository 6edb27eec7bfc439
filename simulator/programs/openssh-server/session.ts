/**
 * What travels between ssh and sshd. On a real node it is the SSH protocol over TCP port 22 (RFC 4254); here the same
 * requests as method calls of a service on that port: open a session, data both ways, window size, exit status.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { WindowSize } from '../../kernel/tty/termios'
import { WaitQueue } from '../../kernel/waitqueue'

export const SSH_PORT = 22

/** What one side may have on its way before it waits: the window of a channel (RFC 4254, 5.2). OpenSSH's is a megabyte, which a page takes seconds to show after `^C`. */
const WINDOW = 65536

export interface SessionRequest {
  readonly user: string
  /** From where, as `$SSH_CLIENT` tells. */
  readonly from: string
  readonly term: string
  /** Null: no terminal was asked for. */
  readonly size: WindowSize | null
  /** Null: a login shell. */
  readonly command: string | null
}

/** One session's channel. The two sides run in different processes and share it. */
export class Channel {
  readonly request: SessionRequest
  private readonly toServer: Uint8Array[] = []
  private readonly toClient: { fd: 1 | 2; bytes: Uint8Array }[] = []
  private onTheWay = 0
  readonly queue = new WaitQueue()
  size: WindowSize | null
  inputEnded = false
  exit: { readonly code: number } | null = null
  clientGone = false
  constructor(request: SessionRequest) {
    this.request = request
    this.size = request.size
  }
  /** The client typed. */
  send(bytes: Uint8Array): void {
    this.toServer.push(bytes)
    this.queue.wake()
  }
  endInput(): void {
    this.inputEnded = true
    this.queue.wake()
  }
  resize(size: WindowSize): void {
    this.size = size
    this.queue.wake()
  }
  hangUp(): void {
    this.clientGone = true
    this.queue.wake()
  }
  takeInput(): Uint8Array | undefined {
    return this.toServer.shift()
  }
  /** The server's side printed. It goes on when the window has room. */
  *print(sys: Sys, fd: 1 | 2, bytes: Uint8Array): Run {
    this.toClient.push({ fd, bytes })
    this.onTheWay += bytes.length
    this.queue.wake()
    while (this.onTheWay >= WINDOW && !this.clientGone) yield* sys.waitOn(this.queue)
  }
  takeOutput(): { fd: 1 | 2; bytes: Uint8Array } | undefined {
    const part = this.toClient.shift()
    if (!part) return undefined
    this.onTheWay -= part.bytes.length
    this.queue.wake()
    return part
  }
  end(code: number): void {
    this.exit = { code }
    this.queue.wake()
  }
}

/** The service that sshd serves. */
export abstract class SshService {
  abstract open(request: SessionRequest): Run<Channel>
}
