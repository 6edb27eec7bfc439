/**
 * What travels between ssh and sshd. On a real node it is the SSH protocol over TCP port 22 (RFC 4254); here the same
 * requests as method calls of a service on that port: open a session, data both ways, window size, exit status.
 */
import type { Run } from '../../kernel/run'
import type { WindowSize } from '../../kernel/tty/termios'
import { WaitQueue } from '../../kernel/waitqueue'

export const SSH_PORT = 22

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
  /** The server's side printed. */
  print(fd: 1 | 2, bytes: Uint8Array): void {
    this.toClient.push({ fd, bytes })
    this.queue.wake()
  }
  takeOutput(): { fd: 1 | 2; bytes: Uint8Array } | undefined {
    return this.toClient.shift()
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
