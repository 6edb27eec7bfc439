/** wget(1) 1.21.3, its http: part, as it speaks to a file (a dot for each kB). Recorded against the real program. */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { connectWithin, readWithin } from '../../libc/connect'
import { LOOKUP_ERRORS, getaddrinfo } from '../../libc/getaddrinfo'
import { ResponseReader, type Url, hostField, parseUrl } from '../../libc/http'
import { type Io, program } from '../../program'

const USAGE = 'Usage: wget [OPTION]... [URL]...\n\nTry `wget --help\' for more options.\n'

interface Options {
  quiet: boolean
  brief: boolean
  server: boolean
  spider: boolean
  output: string | undefined
  prefix: string | undefined
  timeout: number | undefined
  tries: number
  agent: string
  headers: string[]
  body: string | undefined
}

interface Spec {
  readonly short?: string
  readonly long: string
  readonly value?: true
  readonly act?: (options: Options, value: string) => void
}

const SPECS: readonly Spec[] = [
  { short: 'q', long: 'quiet', act: (o) => { o.quiet = true } },
  { short: 'S', long: 'server-response', act: (o) => { o.server = true } },
  { long: 'spider', act: (o) => { o.spider = true } },
  { short: 'O', long: 'output-document', value: true, act: (o, v) => { o.output = v } },
  { short: 'P', long: 'directory-prefix', value: true, act: (o, v) => { o.prefix = v } },
  { short: 'T', long: 'timeout', value: true, act: (o, v) => { o.timeout = Number(v) } },
  { short: 't', long: 'tries', value: true, act: (o, v) => { o.tries = Number(v) || Number.POSITIVE_INFINITY } },
  { short: 'U', long: 'user-agent', value: true, act: (o, v) => { o.agent = v } },
  { long: 'header', value: true, act: (o, v) => { o.headers.push(v) } },
  { long: 'post-data', value: true, act: (o, v) => { o.body = v } },
  { long: 'no-verbose', act: (o) => { o.brief = true } },
  { long: 'no-check-certificate' },
  { long: 'no-proxy' },
  { short: 'v', long: 'verbose' },
]

class Stop {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

export default program({
  summary: 'download a URL',
  *run(io) {
    const options: Options = { quiet: false, brief: false, server: false, spider: false, output: undefined, prefix: undefined, timeout: undefined, tries: 20, agent: 'Wget/1.21.3', headers: [], body: undefined }
    const urls = parse(io, options)
    if (urls.length === 0) {
      io.err(`wget: missing URL\n${USAGE}`)
      return 1
    }
    let worst = 0
    for (const url of urls) {
      try {
        yield* download(io, options, url)
      } catch (thrown) {
        if (!(thrown instanceof Stop)) throw thrown
        worst = worst === 0 ? thrown.code : Math.min(worst, thrown.code)
      }
    }
    return worst
  },
})

function parse(io: Io, options: Options): string[] {
  const urls: string[] = []
  const refuse = (text: string): never => {
    io.err(`wget: ${text}\n${USAGE}`)
    return io.exit(2)
  }
  for (let at = 0; at < io.args.length; at++) {
    const word = io.args[at] ?? ''
    if (word.startsWith('--')) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s)
      const spec = SPECS.find((each) => each.long === name) ?? SPECS.find((each) => each.long.startsWith(name))
      if (!spec) return refuse(`unrecognized option '${word}'`)
      spec.act?.(options, spec.value ? (given ?? io.args[++at] ?? refuse(`option '${word}' requires an argument`)) : '')
    } else if (word === '-nv') options.brief = true
    else if (word.startsWith('-') && word.length > 1) {
      for (let i = 1; i < word.length; i++) {
        const spec = SPECS.find((each) => each.short === word[i])
        if (!spec) return refuse(`invalid option -- '${word[i]}'`)
        if (spec.value) {
          spec.act?.(options, word.slice(i + 1) || (io.args[++at] ?? refuse(`option requires an argument -- '${word[i]}'`)))
          break
        }
        spec.act?.(options, '')
      }
    } else urls.push(word)
  }
  return urls
}

const log = (io: Io, options: Options, text: string): void => {
  if (!options.quiet && !options.brief) io.err(text)
}

/** `2026-11-23 17:28:48`, local time (the node keeps UTC). */
function stamp(io: Io): string {
  const days = Math.floor(io.sys.now().sec / 86400)
  const seconds = io.sys.now().sec % 86400
  const two = (n: number) => String(Math.trunc(n)).padStart(2, '0')
  // Civil date from days since 1970 (proleptic Gregorian).
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${two(month)}-${two(day)} ${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}

function* download(io: Io, options: Options, text: string): Run {
  const url = parseUrl(text)
  if (!url) {
    io.err(`${text}: Invalid host name.\n`)
    throw new Stop(1)
  }
  if (url.scheme !== 'http') {
    io.err('wget: not simulated in this lab\n')
    throw new Stop(125)
  }
  if (options.spider) log(io, options, 'Spider mode enabled. Check if remote file exists.\n')
  const full = `http://${hostField(url)}${url.path}`
  for (let attempt = 1; ; attempt++) {
    log(io, options, attempt === 1 ? `--${stamp(io)}--  ${full}\n` : `--${stamp(io)}--  (try:${String(attempt).padStart(2)})  ${full}\n`)
    if (yield* tryOnce(io, options, url, full)) return
    if (attempt >= options.tries) {
      log(io, options, 'Giving up.\n\n')
      throw new Stop(4)
    }
    log(io, options, 'Retrying.\n\n')
    yield* io.sys.sleep(Math.min(10, attempt) * 1e9)
  }
}

/** One try: true when done; false when it may be tried again. */
function* tryOnce(io: Io, options: Options, url: Url, full: string): Run<boolean> {
  const { sys } = io
  const fd = yield* connect(io, options, url)
  const method = options.spider ? 'HEAD' : options.body === undefined ? 'GET' : 'POST'
  const own = options.headers.map((line) => `${line}\r\n`).join('')
  const post = options.body === undefined ? '' : `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${encode(options.body).length}\r\n`
  log(io, options, 'HTTP request sent, awaiting response... ')
  yield* io.flush()
  const reader = new ResponseReader({ bodiless: options.spider })
  const parts: Uint8Array[] = []
  const start = sys.monotonic()
  try {
    yield* sys.write(
      fd,
      encode(`${method} ${url.path} HTTP/1.1\r\nHost: ${hostField(url)}\r\nUser-Agent: ${options.agent}\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: Keep-Alive\r\n${own}${post}\r\n${options.body ?? ''}`),
    )
    while (!reader.done) {
      const part = yield* readWithin(sys, fd, 16384, (options.timeout ?? 900) * 1e9)
      if (part === 'timeout') {
        log(io, options, 'Read error (Connection timed out) in headers.\n')
        return false
      }
      if (part.length === 0) break
      const body = reader.push(part)
      if (body.length > 0) parts.push(body.slice())
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    log(io, options, `Read error (${error.message}) in headers.\n`)
    return false
  } finally {
    sys.close(fd)
  }
  const { head } = reader
  if (!head) {
    log(io, options, 'No data received.\n')
    return false
  }
  log(io, options, options.server ? `\n${head.lines.map((line) => `  ${line}\n`).join('')}` : `${head.status} ${head.reason}\n`)
  if (head.status >= 400) {
    if (options.spider) log(io, options, head.status === 404 ? 'Remote file does not exist -- broken link!!!\n\n' : '\n')
    else log(io, options, `${stamp(io)} ERROR ${head.status}: ${head.reason}.\n\n`)
    throw new Stop(8)
  }
  const type = head.field('content-type')?.split(';')[0]
  const length = reader.expected
  log(io, options, `Length: ${length === undefined ? 'unspecified' : length}${type ? ` [${type}]` : ''}\n`)
  if (options.spider) {
    log(io, options, 'Remote file exists.\n\n')
    return true
  }
  yield* save(io, options, url, full, parts, { length, elapsed: sys.monotonic() - start })
  return true
}

function* connect(io: Io, options: Options, url: Url): Run<number> {
  const { sys } = io
  const isNumber = /^[\d.]+$|:/.test(url.host)
  if (!isNumber) log(io, options, `Resolving ${url.host} (${url.host})... `)
  const found = yield* getaddrinfo(sys, url.host)
  if (found.kind !== 'found') {
    log(io, options, `failed: ${LOOKUP_ERRORS[found.kind]}.\n`)
    if (!options.quiet) io.err(`wget: unable to resolve host address ‘${url.host}’\n`)
    throw new Stop(4)
  }
  if (!isNumber) log(io, options, `${found.addresses.map((each) => each.address).join(', ')}\n`)
  for (const address of found.addresses) {
    const at = address.family === 'inet6' ? `[${address.address}]` : address.address
    log(io, options, isNumber ? `Connecting to ${at}:${url.port}... ` : `Connecting to ${url.host} (${url.host})|${at}|:${url.port}... `)
    const fd = sys.socket(address.family, 'stream')
    const failed = yield* connectWithin(sys, fd, { ...address, port: url.port }, options.timeout === undefined ? undefined : options.timeout * 1e9)
    if (failed === undefined) {
      log(io, options, 'connected.\n')
      return fd
    }
    sys.close(fd)
    log(io, options, `failed: ${failed === 'timeout' ? 'Connection timed out' : failed.message}.\n`)
  }
  throw new Stop(4)
}

const units = (bytes: number): string => {
  const names = ['', 'K', 'M', 'G']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < names.length - 1) {
    value /= 1024
    unit++
  }
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${names[unit]}B/s`
}

function* save(io: Io, options: Options, url: Url, full: string, parts: readonly Uint8Array[], how: { length: number | undefined; elapsed: number }): Run {
  const { sys } = io
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const own = `${options.prefix === undefined ? '' : `${options.prefix}/`}${(url.path.split('?')[0] ?? '').split('/').at(-1) || 'index.html'}`
  let name = options.output ?? own
  if (options.output === undefined) for (let n = 1; sys.access(name, {}); n++) name = `${own}.${n}`
  const shown = name === '-' ? 'STDOUT' : name
  log(io, options, `Saving to: ‘${shown}’\n`)
  if (name === '-') for (const part of parts) io.out(part)
  else {
    try {
      const fd = yield* sys.open(name, { write: true, create: true, truncate: true }, 0o666)
      for (const part of parts) yield* sys.write(fd, part)
      sys.close(fd)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${name}: ${error.message}\n\nCannot write to ‘${name}’ (${error.message}).\n`)
      throw new Stop(3)
    }
  }
  const speed = units(size / Math.max(1e-6, how.elapsed / 1e9))
  const whole = how.length === undefined ? String(size) : `${size}/${how.length}`
  log(io, options, `\n${dots(size, how.length)}${speed.replace(/ (.)?B\/s$/, '$1').padStart(6)}=${(how.elapsed / 1e9).toFixed(1).replace(/\.0$/, '')}s\n\n`)
  log(io, options, `${stamp(io)} (${speed}) - ${name === '-' ? 'written to stdout' : `‘${name}’ saved`} [${whole}]\n\n`)
  if (options.brief && !options.quiet) io.err(`${stamp(io)} URL:${full} [${whole}] -> "${name}" [1]\n`)
}

/** Fifty dots a line, one for each kB, in groups of ten. */
function dots(size: number, length: number | undefined): string {
  const lines: string[] = []
  const all = Math.floor(size / 1024)
  for (let row = 0; row === 0 || row * 50 < all; row++) {
    const here = Math.min(50, all - row * 50)
    let text = ''
    for (let i = 0; i < 50; i++) text += `${i % 10 === 0 ? ' ' : ''}${i < here ? '.' : ' '}`
    const done = Math.min(size, (row + 1) * 50 * 1024)
    const percent = length === undefined ? '' : `${String(length === 0 ? 100 : Math.floor((done * 100) / length)).padStart(3)}%`
    lines.push(`${String(row * 50).padStart(6)}K${text}${percent}`)
  }
  return lines.join('\n')
}
