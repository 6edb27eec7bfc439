/** A server's sockets: one that listens on a port of every address, and a coroutine for each connection. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

const BACKLOG = 511

/** bind(2) and listen(2); an IPv6 address takes IPv6 alone. EADDRINUSE, EACCES, EADDRNOTAVAIL. */
export function listenOn(sys: Sys, port: number, address = '0.0.0.0'): number {
  const family = address.includes(':') ? 'inet6' : 'inet'
  const fd = sys.socket(family, 'stream')
  if (family === 'inet6') sys.setV6Only(fd)
  sys.bind(fd, { family, address, port })
  sys.listen(fd, BACKLOG)
  return fd
}

/** Accepts until `isOver` says so; a signal ends the wait. `talk` ends with its connection. */
export function* serveConnections(sys: Sys, fd: number, isOver: () => boolean, talk: (fd: number) => Run): Run {
  while (!isOver()) {
    try {
      const connection = yield* sys.accept(fd)
      sys.go(within(sys, connection.fd, talk))
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}

function* within(sys: Sys, fd: number, talk: (fd: number) => Run): Run {
  try {
    yield* talk(fd)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  if (sys.isOpen(fd)) sys.close(fd)
}
