/** connect(2) and reads that give up after a while: what programs do with non-blocking sockets and poll(2). */
import { type Errno, isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { SocketAddress, Sys } from '../../kernel/sys'

/** Undefined when connected, 'timeout', or what went wrong. */
export function* connectWithin(sys: Sys, fd: number, address: SocketAddress, timeoutNs: number | undefined): Run<Errno | 'timeout' | undefined> {
  if (timeoutNs === undefined) {
    try {
      yield* sys.connect(fd, address)
      return undefined
    } catch (error) {
      if (isErrno(error)) return error
      throw error
    }
  }
  const { read, write } = sys.pipe()
  let outcome: Errno | undefined
  sys.go(
    (function* () {
      try {
        yield* sys.connect(fd, address)
      } catch (error) {
        if (!isErrno(error)) throw error
        outcome = error
      }
      if (sys.isOpen(write)) sys.close(write)
    })(),
  )
  const [ready] = yield* sys.poll([{ fd: read, read: true }], timeoutNs)
  sys.close(read)
  return ready?.readable || ready?.hangup ? outcome : 'timeout'
}

/** Reads, or 'timeout' when nothing came for so long. */
export function* readWithin(sys: Sys, fd: number, count: number, timeoutNs: number | undefined): Run<Uint8Array | 'timeout'> {
  if (timeoutNs !== undefined) {
    const [ready] = yield* sys.poll([{ fd, read: true }], Math.max(0, timeoutNs))
    if (!ready?.readable && !ready?.hangup) return 'timeout'
  }
  return yield* sys.read(fd, count)
}
