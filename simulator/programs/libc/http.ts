/** The text of HTTP/1.1 (RFC 9112), as its clients need it: where a message's head ends, and how its body is delimited. */
import { EMPTY, concat, decode } from '../../kernel/bytes'

export interface Url {
  readonly scheme: string
  readonly host: string
  readonly port: number
  /** Written in the URL: then it belongs in the Host field. */
  readonly portGiven: boolean
  readonly path: string
  readonly user: string | undefined
}

const PORTS: { readonly [scheme: string]: number } = { http: 80, https: 443, ftp: 21 }

/** Takes a URL apart; `http` where no scheme is given. */
export function parseUrl(text: string): Url | undefined {
  const found = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^/@?#]*)@)?(\[[0-9a-f:.]+\]|[^/:?#]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/i.exec(text)
  if (!found) return undefined
  const [, scheme = 'http', user, host = '', port, path = '/'] = found
  const number = port ? Number(port) : (PORTS[scheme.toLowerCase()] ?? 80)
  if (host === '' || number > 65535) return undefined
  return { scheme: scheme.toLowerCase(), host: host.replace(/^\[|\]$/g, ''), port: number, portGiven: port !== undefined && port !== '', path: path.startsWith('/') ? path : `/${path}`, user }
}

export const hostField = (url: Url): string => {
  const name = url.host.includes(':') ? `[${url.host}]` : url.host
  return url.portGiven && url.port !== PORTS[url.scheme] ? `${name}:${url.port}` : name
}

export interface ResponseHead {
  /** Lines without their ends; the first is the status line. */
  readonly lines: readonly string[]
  readonly status: number
  readonly reason: string
  field(name: string): string | undefined
}

/** Collects a response as its bytes come. */
export class ResponseReader {
  head: ResponseHead | undefined
  private pending: Uint8Array = EMPTY
  private left = Number.POSITIVE_INFINITY
  private chunked = false
  private readonly bodiless: boolean
  done = false
  received = 0
  constructor(how: { readonly bodiless: boolean }) {
    this.bodiless = how.bodiless
  }
  /** Takes bytes from the wire; gives those of the body. An answer that is no HTTP is all body (HTTP/0.9): `head` stays undefined. */
  push(bytes: Uint8Array): Uint8Array {
    this.received += bytes.length
    this.pending = this.pending.length === 0 ? bytes : concat([this.pending, bytes])
    if (!this.head && !this.takeHead()) return EMPTY
    return this.chunked ? this.takeChunks() : this.takePlain()
  }
  private takeHead(): boolean {
    const text = decode(this.pending)
    const end = /\r?\n\r?\n/.exec(text)
    if (!end) return false
    const size = end.index + end[0].length
    const lines = text.slice(0, end.index).split(/\r?\n/)
    const [, status = '0', reason = ''] = /^HTTP\/[\d.]+ (\d+) ?(.*)$/.exec(lines[0] ?? '') ?? []
    const field = (name: string) => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim()
    this.head = { lines, status: Number(status), reason, field }
    this.pending = this.pending.subarray(size)
    this.chunked = field('transfer-encoding')?.toLowerCase() === 'chunked'
    const length = field('content-length')
    if (this.bodiless || this.head.status === 204 || this.head.status === 304) this.left = 0
    else if (length !== undefined) this.left = Number(length)
    if (this.left === 0) this.done = true
    return true
  }
  get expected(): number | undefined {
    const length = this.head?.field('content-length')
    return length === undefined ? undefined : Number(length)
  }
  private takePlain(): Uint8Array {
    const part = this.pending.subarray(0, Math.min(this.pending.length, this.left))
    this.pending = EMPTY
    this.left -= part.length
    if (this.left <= 0) this.done = true
    return part
  }
  private takeChunks(): Uint8Array {
    const parts: Uint8Array[] = []
    for (;;) {
      const line = /^([0-9a-f]+)[^\n]*\r?\n/i.exec(decode(this.pending.subarray(0, 64)))
      if (!line) break
      const size = Number.parseInt(line[1] ?? '0', 16)
      const start = line[0].length
      if (size === 0) {
        this.done = true
        break
      }
      if (this.pending.length < start + size + 2) break
      parts.push(this.pending.subarray(start, start + size))
      this.pending = this.pending.subarray(start + size + 2)
    }
    return concat(parts.length === 0 ? [EMPTY] : parts)
  }
}
