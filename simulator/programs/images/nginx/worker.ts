/** A worker process: takes connections off the sockets that the master opened, answers, and writes both logs. */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { MONTHS, requestsOf, timeOf, two } from '../http'
import { type Answer, type Asked, answer, ask } from './answer'
import type { Server, Settings } from './config'
import { say } from './log'

export interface Shared {
  readonly settings: Settings
  readonly version: string
  readonly errorLog: number
  readonly accessLog: number
  readonly listening: readonly { readonly fd: number; readonly server: Server }[]
}

export function* work(sys: Sys, shared: Shared, user: { readonly uid: number; readonly gid: number }): Run<number> {
  const { listening, errorLog } = shared
  sys.setTitle('nginx: worker process')
  const { uid, gid } = user
  sys.setCredentials({ uid, euid: uid, suid: uid, fsuid: uid, gid, egid: gid, sgid: gid, fsgid: gid, groups: [gid] })
  let ending: 'now' | 'gracefully' | undefined
  sys.signal(SIG.SIGHUP, 'ignore')
  sys.signal(SIG.SIGQUIT, () => { ending ??= 'gracefully' })
  for (const signo of [SIG.SIGTERM, SIG.SIGINT]) sys.signal(signo, () => { ending = 'now' })
  let count = 0
  while (ending === undefined) {
    try {
      const ready = yield* sys.poll(listening.map(({ fd }) => ({ fd, read: true })))
      for (const { fd, readable } of ready) {
        const server = listening.find((l) => l.fd === fd)?.server
        if (!readable || !server) continue
        const { fd: connection } = yield* sys.accept(fd)
        sys.go(talk(sys, connection, shared, server, (count += 2) - 1))
      }
    } catch (error) {
      if (!isErrno(error, 'EINTR', 'EAGAIN')) throw error
    }
  }
  yield* say(sys, errorLog, ending === 'gracefully' ? 'gracefully shutting down' : 'exiting')
  if (ending === 'gracefully') yield* say(sys, errorLog, 'exiting')
  yield* say(sys, errorLog, 'exit')
  return 0
}

function* talk(sys: Sys, fd: number, shared: Shared, server: Server, number: number): Run {
  const { settings, version, errorLog, accessLog } = shared
  try {
    const peer = sys.getpeername(fd)
    const client = 'address' in peer ? peer.address : ''
    const next = requestsOf(sys, fd)
    for (let request = yield* next(); request; request = yield* next()) {
      const asked = ask(request.head)
      const made: Answer = yield* answer(sys, asked, settings, server, version)
      if (made.fault) {
        const host = asked.headers.get('host')
        yield* say(sys, errorLog, `*${number} ${made.fault}, client: ${client}, server: ${server.name}, request: "${asked.line}"${host === undefined ? '' : `, host: "${host}"`}`, 'error')
      }
      yield* sys.write(fd, encode(made.head))
      if (made.body.length > 0) yield* sys.write(fd, made.body)
      yield* sys.write(accessLog, encode(`${accessLine(sys, settings.logFormat, asked, made, client)}\n`))
      if (made.closes === 'closes') break
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  if (sys.isOpen(fd)) sys.close(fd)
}

/** Variables of a log_format; what has no value is `-`. */
function accessLine(sys: Sys, format: string, asked: Asked, made: Answer, client: string): string {
  const at = new Date(sys.now().sec * 1000)
  const known: Readonly<Record<string, string | undefined>> = {
    remote_addr: client, request: asked.line, status: String(made.status), body_bytes_sent: String(made.body.length), request_method: asked.method, host: asked.headers.get('host'),
    time_local: `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${timeOf(at)} +0000`,
  }
  // A request without a place to look at has no headers that are read.
  const isBad = made.status === 400
  return format.replace(/\$(\w+)/g, (_, name: string) => {
    const header = /^http_(\w+)$/.exec(name)?.[1]
    return (header === undefined ? known[name] : isBad ? undefined : asked.headers.get(header.replaceAll('_', '-'))) || '-'
  })
}
