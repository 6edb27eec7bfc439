/**
 * traefik/whoami 1.9: tells who answers, and repeats the request (its app.go: whoamiHandler, healthHandler, apiHandler, benchHandler). What its
 * other paths do is not simulated.
 */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { type Io, program } from '../../program'
import { listenOn, serveConnections } from '../listen'

const PORT = 80
const LONGEST_REQUEST = 65_536
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number): string => String(n).padStart(2, '0')

interface Settings {
  readonly port: number
  readonly name: string
}

interface Request {
  readonly method: string
  readonly path: string
  /** User-Agent first, then in the order of their names, as http.Request.Write has them; Host apart. */
  readonly headers: readonly (readonly [string, string])[]
  readonly host: string
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

function settingsOf({ args, env }: Io): Settings | undefined {
  const text = args.join(' ')
  const pattern = /^--?(port|name)[= ](\S+)\s*/
  let port = PORT
  let name = ''
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
  io.err(`${at.getUTCFullYear()}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${text}\n`)
  yield* io.flush()
}

function* talk(sys: Sys, fd: number, settings: Settings): Run {
  let held = ''
  for (;;) {
    while (!/\r?\n\r?\n/.test(held)) {
      const part = yield* sys.read(fd, 4096)
      if (part.length === 0 || held.length > LONGEST_REQUEST) return
      held += decode(part)
    }
    const end = /\r?\n\r?\n/.exec(held)
    const request = parse(held.slice(0, end?.index))
    held = held.slice((end?.index ?? 0) + (end?.[0].length ?? 0))
    const peer = sys.getpeername(fd)
    const remote = 'port' in peer ? `${peer.address}:${peer.port}` : ''
    const { status, type, body } = respond(sys, request, remote, settings)
    const at = new Date(sys.now().sec * 1000)
    const date = `${DAYS[at.getUTCDay()]}, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} GMT`
    const head = [`HTTP/1.1 ${status}`, `Date: ${date}`, `Content-Length: ${encode(body).length}`, ...(type === '' ? [] : [`Content-Type: ${type}`])].join('\r\n')
    yield* sys.write(fd, encode(`${head}\r\n\r\n${request.method === 'HEAD' ? '' : body}`))
    if (request.headers.some(([name, value]) => name === 'Connection' && value.toLowerCase() === 'close')) return
  }
}

function parse(text: string): Request {
  const [first = '', ...lines] = text.split(/\r?\n/)
  const [method = 'GET', path = '/'] = first.split(' ')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase().replace(/(^|-)[a-z]/g, (c) => c.toUpperCase()), line.slice(colon + 1).trim()]
  })
  const host = headers.find(([name]) => name === 'Host')?.[1] ?? ''
  return { method, path, host, headers: headers.filter(([name]) => name !== 'Host').sort(([a], [b]) => (a === 'User-Agent' ? -1 : b === 'User-Agent' ? 1 : a < b ? -1 : 1)) }
}

const PLAIN = 'text/plain; charset=utf-8'

function respond(sys: Sys, request: Request, remote: string, { name }: Settings): { readonly status: string; readonly type: string; readonly body: string } {
  const { method, path, host, headers } = request
  const hostname = sys.uname().nodename
  const addresses = sys.net.links().flatMap((link) => link.addresses.map((a) => a.local))
  switch (path.split('?', 1)[0]) {
    case '/health': return { status: '200 OK', type: '', body: '' }
    case '/bench': return { status: '200 OK', type: 'text/plain', body: '1' }
    case '/api': {
      const all: Record<string, string[]> = {}
      for (const [key, value] of headers) all[key] = [...(all[key] ?? []), value]
      const data = { hostname, ip: addresses, headers: all, url: path, host, method, ...(name === '' ? {} : { name }), remoteAddr: remote }
      return { status: '200 OK', type: 'application/json', body: `${JSON.stringify(data)}\n` }
    }
    case '/data': case '/echo': case '/upload': return { status: '501 Not Implemented', type: PLAIN, body: `whoami: ${path}: not simulated in this lab\n` }
  }
  const lines = [
    ...(name === '' ? [] : [`Name: ${name}`]), `Hostname: ${hostname}`, ...addresses.map((address) => `IP: ${address}`), `RemoteAddr: ${remote}`,
  ]
  return { status: '200 OK', type: PLAIN, body: `${lines.join('\n')}\n${[`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...headers.map(([key, value]) => `${key}: ${value}`)].join('\r\n')}\r\n\r\n` }
}
