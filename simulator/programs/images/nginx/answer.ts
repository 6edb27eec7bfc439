/** One request, answered from files (nginx's static, index and special response modules; run beside nginx 1.22). */
import { decode, encode, EMPTY } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { httpDate } from '../http'
import type { Server, Settings } from './config'

const STATUSES: Readonly<Record<number, string>> = { 200: 'OK', 301: 'Moved Permanently', 304: 'Not Modified', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 405: 'Not Allowed' }

export interface Asked {
  /** The request's first line, as it came. */
  readonly line: string
  readonly method: string
  readonly path: string
  readonly version: string
  readonly headers: ReadonlyMap<string, string>
}

export interface Answer {
  readonly status: number
  readonly head: string
  readonly body: Uint8Array
  readonly closes: 'closes' | 'stays'
  /** What the error log says of it. */
  readonly fault?: string
}

export function ask(head: Uint8Array): Asked {
  const [line = '', ...rest] = decode(head).split(/\r?\n/)
  const [method = '', path = '', version = ''] = line.split(' ')
  return { line, method, path, version, headers: new Map(rest.map((h) => [h.slice(0, h.indexOf(':')).toLowerCase(), h.slice(h.indexOf(':') + 1).trim()])) }
}

/** The path without its query, `%` and dots resolved; undefined where it leaves the root. */
function cleaned(path: string): string | undefined {
  let plain: string
  try {
    plain = decodeURIComponent(path.split('?', 1)[0] ?? '')
  } catch {
    return undefined
  }
  const parts: string[] = []
  for (const part of plain.split('/').slice(1)) {
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '.' && part !== '..') parts.push(part)
  }
  return `/${parts.join('/')}`.replace(/\/{2,}/g, '/')
}

export function* answer(sys: Sys, asked: Asked, settings: Settings, server: Server, version: string): Run<Answer> {
  const { method, headers } = asked
  const isOld = asked.version === ''
  const closes = headers.get('connection')?.toLowerCase() === 'close' || (asked.version !== 'HTTP/1.1' && headers.get('connection')?.toLowerCase() !== 'keep-alive') ? 'closes' : 'stays'
  const headOf = (status: number, lines: readonly string[], closing: Answer['closes']): string =>
    isOld ? '' : `${[`HTTP/1.1 ${status} ${STATUSES[status]}`, `Server: nginx/${version}`, `Date: ${httpDate(sys.now().sec)}`, ...lines.slice(0, 3), `Connection: ${closing === 'closes' ? 'close' : 'keep-alive'}`, ...lines.slice(3)].join('\r\n')}\r\n\r\n`
  const page = (status: number, location?: string, fault?: string): Answer => {
    const what = `${status} ${STATUSES[status]}`
    const body = encode(`<html>\r\n<head><title>${what}</title></head>\r\n<body>\r\n<center><h1>${what}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`)
    const closing = status === 400 ? 'closes' : closes
    return {
      status, head: headOf(status, ['Content-Type: text/html', `Content-Length: ${body.length}`, ...(location ? [`Location: ${location}`] : [])], closing),
      body: method === 'HEAD' ? EMPTY : body, closes: closing, ...(fault ? { fault } : {}),
    }
  }
  const path = cleaned(asked.path)
  if (!/^[A-Z_-]+$/.test(method) || !asked.path.startsWith('/') || path === undefined || (asked.version === 'HTTP/1.1' && !headers.has('host'))) return page(400)
  let file = `${server.root}${path}`
  try {
    let stat = sys.stat(file)
    if (stat.kind === 'dir' && !path.endsWith('/')) return page(301, `http://${headers.get('host') ?? server.name}${path}/`)
    if (stat.kind === 'dir') {
      const found = server.index.find((name) => sys.access(`${file}${name}`, {}))
      if (found === undefined) return page(403, undefined, `directory index of "${file}" is forbidden`)
      file += found
      stat = sys.stat(file)
    }
    if (method !== 'GET' && method !== 'HEAD') return page(405)
    const body = yield* sys.readFile(file)
    const modified = httpDate(stat.mtime.sec)
    const tag = `"${stat.mtime.sec.toString(16)}-${body.length.toString(16)}"`
    if (headers.get('if-none-match') === tag || headers.get('if-modified-since') === modified) {
      return { status: 304, head: headOf(304, [`Last-Modified: ${modified}`], closes).replace(/(Connection: \S+)\r\n/, `$1\r\nETag: ${tag}\r\n`), body: EMPTY, closes }
    }
    const type = settings.types.get(file.slice(file.lastIndexOf('.') + 1)) ?? settings.defaultType
    return {
      status: 200, head: headOf(200, [`Content-Type: ${type}`, `Content-Length: ${body.length}`, `Last-Modified: ${modified}`, `ETag: ${tag}`, 'Accept-Ranges: bytes'], closes),
      body: method === 'HEAD' ? EMPTY : body, closes,
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    if (method !== 'GET' && method !== 'HEAD') return page(405)
    if (error.code === 'EACCES') return page(403, undefined, `open() "${file}" failed (13: ${error.message})`)
    return page(404, undefined, `open() "${file}" failed (2: ${error.message})`)
  }
}
