/**
 * traefik/whoami 1.9: tells who answers, and repeats the request (its app.go: whoamiHandler, healthHandler, apiHandler, benchHandler). What its
 * other paths do is not simulated.
 */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { parseDuration } from '../../go/duration'
import { marshalLine } from '../../go/json'
import { type Io, program } from '../../program'
import { httpDate, requestsOf, timeOf, two } from '../http'
import { listenOn, serveConnections } from '../listen'

const PORT = 80
/** http.Request.Write puts these itself. */
const WRITTEN_APART = new Set(['User-Agent', 'Content-Length', 'Transfer-Encoding', 'Trailer'])

interface Settings {
  readonly port: number
  readonly name: string
}

interface Request {
  readonly method: string
  readonly path: string
  /** In the order of their names; Host apart. */
  readonly headers: readonly (readonly [string, string])[]
  readonly host: string
  readonly body: string
}

export default program({
  paths: [],
  threads: 5,
  summary: 'the HTTP server of the traefik/whoami image',
  *run(io) {
    const { sys } = io
    const settings = settingsOf(io)
    if (settings === undefined) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    yield* log(io, `Starting up on port ${settings.port}`)
    let fd: number
    try {
      fd = listenOn(sys, settings.port)
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* log(io, `listen tcp :${settings.port}: bind: ${error.message.toLowerCase()}`)
      return 1
    }
    yield* serveConnections(sys, fd, () => false, (connection) => talk(sys, connection, settings))
    return 0
  },
})

/** Flags before the environment (getEnv); undefined: flags that are not simulated. */
function settingsOf(io: Io): Settings | undefined {
  const text = io.args.join(' ')
  const pattern = /^--?(port|name)[= ](\S+)\s*/
  let port = Number(io.env('WHOAMI_PORT_NUMBER') || PORT)
  let name = io.env('WHOAMI_NAME') ?? ''
  let left = text
  for (let match = pattern.exec(left); match; match = pattern.exec(left)) {
    if (match[1] === 'port') port = Number(match[2])
    else name = match[2] ?? ''
    left = left.slice(match[0].length)
  }
  return left === '' && Number.isInteger(port) ? { port, name } : undefined
}

function* log(io: Io, text: string): Run {
  const at = new Date(io.sys.now().sec * 1000)
  io.err(`${at.getUTCFullYear()}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())} ${timeOf(at)} ${text}\n`)
  yield* io.flush()
}

function* talk(sys: Sys, fd: number, settings: Settings): Run {
  const next = requestsOf(sys, fd)
  for (let came = yield* next(); came; came = yield* next()) {
    const request = parse(decode(came.head), decode(came.body))
    const wait = parseDuration(/[?&]wait=([^&]*)/.exec(request.path)?.[1] ?? '')
    if (wait !== undefined && wait > 0) yield* sys.sleep(wait)
    const peer = sys.getpeername(fd)
    const remote = 'port' in peer ? `${peer.address}:${peer.port}` : ''
    const { status, type, body } = respond(sys, request, remote, settings)
    const answer = [`HTTP/1.1 ${status}`, `Date: ${httpDate(sys.now().sec)}`, `Content-Length: ${encode(body).length}`, ...(type === '' ? [] : [`Content-Type: ${type}`])].join('\r\n')
    yield* sys.write(fd, encode(`${answer}\r\n\r\n${request.method === 'HEAD' ? '' : body}`))
    if (request.headers.some(([name, value]) => name === 'Connection' && value.toLowerCase() === 'close')) return
  }
}

function parse(text: string, body: string): Request {
  const [first = '', ...lines] = text.split(/\r?\n/)
  const [method = 'GET', path = '/'] = first.split(' ')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase().replace(/(^|-)[a-z]/g, (c) => c.toUpperCase()), line.slice(colon + 1).trim()]
  })
  const host = headers.find(([name]) => name === 'Host')?.[1] ?? ''
  return { method, path, host, body, headers: headers.filter(([name]) => name !== 'Host').sort(([a], [b]) => (a < b ? -1 : 1)) }
}

const PLAIN = 'text/plain; charset=utf-8'

function respond(sys: Sys, request: Request, remote: string, { name }: Settings): { readonly status: string; readonly type: string; readonly body: string } {
  const { method, path, host, headers } = request
  const hostname = sys.uname().nodename
  const addresses = sys.net.links().flatMap((link) => link.addresses.map((a) => a.local))
  switch (path.split('?', 1)[0]) {
    case '/health':
      if (method === 'POST') return { status: '501 Not Implemented', type: PLAIN, body: 'whoami: /health: not simulated in this lab\n' }
      return { status: '200 OK', type: '', body: '' }
    case '/bench': return { status: '200 OK', type: 'text/plain', body: '1' }
    case '/api': {
      const all: Record<string, string[]> = {}
      for (const [key, value] of headers) all[key] = [...(all[key] ?? []), value]
      const data = { hostname, ip: addresses, headers: all, url: path, host, method, ...(name === '' ? {} : { name }) }
      return { status: '200 OK', type: 'application/json', body: `${marshalLine(data)}\n` }
    }
    case '/data': case '/echo': case '/upload': return { status: '501 Not Implemented', type: PLAIN, body: `whoami: ${path}: not simulated in this lab\n` }
  }
  const lines = [
    ...(name === '' ? [] : [`Name: ${name}`]), `Hostname: ${hostname}`, ...addresses.map((address) => `IP: ${address}`), `RemoteAddr: ${remote}`,
  ]
  return { status: '200 OK', type: PLAIN, body: `${lines.join('\n')}\n${written(request)}` }
}

/** A request as http.Request.Write has it: Host, User-Agent, Content-Length, the others by their names, the body. */
function written({ method, path, host, headers, body }: Request): string {
  const agent = headers.find(([name]) => name === 'User-Agent')?.[1] ?? 'Go-http-client/1.1'
  const own = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...(agent === '' ? [] : [`User-Agent: ${agent}`]), ...(body === '' ? [] : [`Content-Length: ${encode(body).length}`])]
  const others = headers.filter(([name]) => !WRITTEN_APART.has(name)).map(([name, value]) => `${name}: ${value}`)
  return `${[...own, ...others].join('\r\n')}\r\n\r\n${body}`
}
