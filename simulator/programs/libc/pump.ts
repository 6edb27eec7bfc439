/** What netcat does once connected: standard input to the socket, the socket to standard output. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

const BLOCK = 16384

/** Ends when the peer has ended. When input ends, the peer is told, and what it still says is shown. */
export function* copyBothWays(sys: Sys, fd: number): Run {
  let input = true
  for (;;) {
    const ready = yield* sys.poll([{ fd, read: true }, ...(input ? [{ fd: 0, read: true }] : [])])
    for (const each of ready) {
      if (!each.readable && !each.hangup) continue
      const bytes = yield* sys.read(each.fd, BLOCK)
      if (each.fd === fd) {
        if (bytes.length === 0) return
        yield* sys.write(1, bytes)
      } else if (bytes.length === 0) {
        input = false
        sys.shutdown(fd, 'write')
      } else yield* sys.write(fd, bytes)
    }
  }
}
