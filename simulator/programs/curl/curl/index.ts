/** curl(1) 7.88.1, its http: part. Recordings: cri-node namespaces, ctr-tasks and app-dies-pause-stays; docker-node localhost-is-not-shared. */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { connectWithin, readWithin } from '../../libc/connect'
import { type HostAddress, getaddrinfo } from '../../libc/getaddrinfo'
import { ResponseReader, type Url, hostField, parseUrl } from '../../libc/http'
import { type Io, program } from '../../program'
import { type Options, readOptions } from './options'
import { Progress } from './progress'

/** A transfer that failed: curl's own number and text. */
class Failure {
  readonly code: number
  readonly text: string
  constructor(code: number, text: string) {
    this.code = code
    this.text = text
  }
}

interface Facts {
  status: number
  url: string
  downloaded: number
  headerBytes: number
  contentType: string
  remote: HostAddress | undefined
  remotePort: number
  localAddress: string
  localPort: number
  connects: number
  redirects: number
  redirectUrl: string
  scheme: string
  method: string
  start: number
  times: { namelookup: number; connect: number; pretransfer: number; starttransfer: number; total: number }
}

const MOST_REDIRECTS = 50

export default program({
  size: 280800,
  summary: 'transfer a URL',
  *run(io) {
    const options = readOptions(io)
    let last = 0
    for (const [index, url] of options.urls.entries()) {
      const code = yield* transfer(io, options, url, index)
      if (code !== 0) last = code
      else if (options.urls.length === 1) last = 0
      if (code !== 0 && options.failEarly) return code
    }
    return last
  },
})

function* transfer(io: Io, options: Options, text: string, index: number): Run<number> {
  const { sys } = io
  const output = options.outputs[index]
  const facts: Facts = {
    status: 0, url: text, downloaded: 0, headerBytes: 0, contentType: '', remote: undefined, remotePort: 0, localAddress: '', localPort: 0, connects: 0, redirects: 0, redirectUrl: '',
    scheme: 'HTTP', method: options.method ?? 'GET', start: sys.monotonic(), times: { namelookup: 0, connect: 0, pretransfer: 0, starttransfer: 0, total: 0 },
  }
  // A meter would spoil a body that goes to the same terminal.
  const metered = !options.silent && !(output === undefined && sys.isatty(1))
  const progress = new Progress(io, metered ? 'shown' : 'hidden', facts.start)
  let file: { fd: number } | undefined
  let code = 0
  let message = ''
  try {
    let url = parseUrl(text)
    for (let hops = 0; ; hops++) {
      if (!url) throw new Failure(3, 'URL using bad/illegal format or missing URL')
      if (url.scheme !== 'http') throw new Failure(1, url.scheme === 'https' ? 'not simulated in this lab' : `Protocol "${url.scheme}" not supported or disabled in libcurl`)
      if (output === '' || (output !== undefined && !file)) {
        const name: string = output === '' ? (url.path.split('?')[0] ?? '').split('/').at(-1) ?? '' : output
        if (name === '') {
          io.err('curl: Remote file name has no length!\n')
          progress.hide()
          throw new Failure(23, 'Failed writing received data to disk/application')
        }
        if (name !== '-') file = { fd: yield* openOutput(sys, name) }
      }
      progress.start()
      facts.url = `${url.scheme}://${hostField(url)}${url.path}`
      const next = yield* exchange(io, options, url, facts, progress, file)
      if (next === undefined || !options.follow) break
      if (hops >= MOST_REDIRECTS) throw new Failure(47, `Maximum (${MOST_REDIRECTS}) redirects followed`)
      facts.redirects++
      url = parseUrl(next.startsWith('/') ? `http://${hostField(url)}${next}` : next)
    }
    facts.times.total = sys.monotonic() - facts.start
    progress.finish(facts.downloaded)
    if (options.fail && facts.status >= 400) throw new Failure(22, `The requested URL returned error: ${facts.status}`)
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown
    facts.times.total = sys.monotonic() - facts.start
    code = thrown.code
    message = thrown.text
    progress.fail(facts.downloaded)
    if (code === 7 || code === 28 || code === 52) verbose(io, options, 'Closing connection 0')
    if (!options.silent || options.showError) io.err(`curl: (${thrown.code}) ${thrown.text}\n`)
  } finally {
    if (file) sys.close(file.fd)
  }
  if (options.writeOut !== undefined) io.out(writeOut(options.writeOut, facts, code, message))
  yield* io.flush()
  return code
}

function* openOutput(sys: Io['sys'], name: string): Run<number> {
  try {
    return yield* sys.open(name, { write: true, create: true, truncate: true }, 0o644)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(23, 'Failed writing received data to disk/application')
  }
}

function verbose(io: Io, options: Options, line: string, mark = '*'): void {
  if (options.verbose) io.err(`${mark} ${line}\n`)
}

/** Nanoseconds left of a limit that began at `start`; undefined: no limit. */
const left = (io: Io, start: number, seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : Math.max(0, start + seconds * 1e9 - io.sys.monotonic()))
const milliseconds = (io: Io, start: number): number => Math.floor((io.sys.monotonic() - start) / 1e6)

/** One request and its answer. Gives the place that a redirect points to. */
function* exchange(io: Io, options: Options, url: Url, facts: Facts, progress: Progress, file: { fd: number } | undefined): Run<string | undefined> {
  const { sys } = io
  const fd = yield* connect(io, options, url, facts)
  verbose(io, options, `Connected to ${url.host} (${facts.remote?.address ?? ''}) port ${url.port} (#0)`)
  facts.connects++
  facts.times.connect = facts.times.pretransfer = sys.monotonic() - facts.start
  const method = options.method ?? (options.head ? 'HEAD' : options.body === undefined ? 'GET' : 'POST')
  facts.method = method
  const fields = requestFields(options, url)
  const request = `${method} ${url.path} HTTP/${options.http10 ? '1.0' : '1.1'}\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`
  for (const line of request.split('\r\n').slice(0, -1)) verbose(io, options, `${line}\r`, '>')
  try {
    yield* sys.write(fd, encode(request + (options.body ?? '')))
    const reader = new ResponseReader({ bodiless: method === 'HEAD' })
    let headShown = false
    const hide = options.follow && !options.include && !options.head
    while (!reader.done) {
      const part = yield* readWithin(sys, fd, 16384, left(io, facts.start, options.maxTime))
      if (part === 'timeout') {
        const expected = reader.expected
        const got = expected === undefined ? `${facts.downloaded} bytes` : `${facts.downloaded} out of ${expected} bytes`
        const text = `Operation timed out after ${milliseconds(io, facts.start)} milliseconds with ${got} received`
        verbose(io, options, text)
        throw new Failure(28, text)
      }
      if (part.length === 0) {
        if (reader.received === 0) {
          verbose(io, options, 'Empty reply from server')
          throw new Failure(52, 'Empty reply from server')
        }
        if (!reader.head) throw new Failure(1, 'Received HTTP/0.9 when not allowed')
        if (reader.expected !== undefined && facts.downloaded < reader.expected && method !== 'HEAD') {
          throw new Failure(18, `transfer closed with ${reader.expected - facts.downloaded} bytes remaining to read`)
        }
        break
      }
      if (facts.times.starttransfer === 0) facts.times.starttransfer = sys.monotonic() - facts.start
      const body = reader.push(part)
      const { head } = reader
      if (head && !headShown) {
        headShown = true
        facts.status = head.status
        facts.contentType = head.field('content-type') ?? ''
        facts.redirectUrl = head.field('location') ?? ''
        // On a terminal the names of headers are bold (--styled-output).
        const styled = options.styled && !file && sys.isatty(1)
        for (const line of [...head.lines, '']) {
          facts.headerBytes += line.length + 2
          verbose(io, options, `${line}\r`, '<')
          const shown = styled ? line.replace(/^[^:\s]+(?=:)/, (name) => `\x1b[1m${name}\x1b[0m`) : line
          if (options.include || options.head) yield* deliver(io, file, encode(`${shown}\r\n`))
        }
        progress.expect(reader.expected)
      }
      const redirected = hide && facts.status >= 300 && facts.status < 400 && facts.redirectUrl !== ''
      if (body.length > 0 && !redirected && !(options.fail && facts.status >= 400)) {
        facts.downloaded += body.length
        if (options.verbose && progress.quiet) io.err(`{ [${body.length} bytes data]\n`)
        yield* deliver(io, file, body)
      }
    }
  } catch (error) {
    if (isErrno(error, 'ECONNRESET')) throw new Failure(56, 'Recv failure: Connection reset by peer')
    if (isErrno(error, 'EPIPE')) throw new Failure(55, 'Send failure: Broken pipe')
    throw error
  } finally {
    sys.close(fd)
  }
  verbose(io, options, 'Closing connection 0')
  return facts.status >= 300 && facts.status < 400 && facts.redirectUrl !== '' ? facts.redirectUrl : undefined
}

function* deliver(io: Io, file: { fd: number } | undefined, bytes: Uint8Array): Run {
  if (file) yield* io.sys.write(file.fd, bytes)
  else {
    io.out(bytes)
    yield* io.drain()
  }
}

function requestFields(options: Options, url: Url): string[] {
  const own = new Map(options.headers.map((line) => [line.split(/[:;]/)[0]?.toLowerCase() ?? '', line]))
  const fields: string[] = []
  const put = (name: string, value: string) => {
    const replaced = own.get(name.toLowerCase())
    own.delete(name.toLowerCase())
    if (replaced === undefined) fields.push(`${name}: ${value}`)
    else if (!/^[^:]+:\s*$/.test(replaced)) fields.push(replaced)
  }
  put('Host', hostField(url))
  if (options.user !== undefined) put('Authorization', `Basic ${options.user}`)
  put('User-Agent', options.agent ?? 'curl/7.88.1')
  put('Accept', '*/*')
  for (const line of own.values()) if (!/^[^:]+:\s*$/.test(line)) fields.push(line.replace(/;$/, ':'))
  if (options.body !== undefined) {
    if (!own.has('content-length')) fields.push(`Content-Length: ${encode(options.body).length}`)
    if (!own.has('content-type')) fields.push('Content-Type: application/x-www-form-urlencoded')
  }
  return fields
}

/** curl knows localhost by itself: both loopback addresses, without asking (RFC 6761). */
function* addressesOf(io: Io, options: Options, url: Url): Run<readonly HostAddress[]> {
  if (/^(.*\.)?localhost\.?$/i.test(url.host)) {
    const both: HostAddress[] = [{ family: 'inet', address: '127.0.0.1' }, { family: 'inet6', address: '::1' }]
    return both.filter((each) => options.family === undefined || each.family === options.family)
  }
  const found = yield* getaddrinfo(io.sys, url.host, options.family)
  if (found.kind !== 'found') {
    verbose(io, options, `Could not resolve host: ${url.host}`)
    throw new Failure(6, `Could not resolve host: ${url.host}`)
  }
  return found.addresses
}

function* connect(io: Io, options: Options, url: Url, facts: Facts): Run<number> {
  const { sys } = io
  const start = sys.monotonic()
  const addresses = yield* addressesOf(io, options, url)
  facts.times.namelookup = sys.monotonic() - facts.start
  for (const { family, address } of addresses) {
    verbose(io, options, `  Trying ${address.includes(':') ? `[${address}]` : address}:${url.port}...`)
    const fd = sys.socket(family, 'stream')
    const limits = [left(io, facts.start, options.maxTime), left(io, start, options.connectTimeout)].filter((each) => each !== undefined)
    const failed = yield* connectWithin(sys, fd, { family, address, port: url.port }, limits.length > 0 ? Math.min(...limits) : undefined)
    if (failed === undefined) {
      facts.remote = { family, address }
      facts.remotePort = url.port
      const own = sys.getsockname(fd)
      if (own.family !== 'unix') {
        facts.localAddress = own.address
        facts.localPort = own.port
      }
      return fd
    }
    sys.close(fd)
    if (failed === 'timeout') {
      const text = `Connection timed out after ${milliseconds(io, facts.start)} milliseconds`
      verbose(io, options, text)
      throw new Failure(28, options.maxTime !== undefined && options.connectTimeout === undefined ? text : `Failed to connect to ${url.host} port ${url.port} after ${milliseconds(io, start)} ms: Timeout was reached`)
    }
    if (failed.code === 'ENETUNREACH' || failed.code === 'EADDRNOTAVAIL') verbose(io, options, `Immediate connect fail for ${address}: ${failed.message}`)
    else verbose(io, options, `connect to ${address} port ${url.port} failed: ${failed.message}`)
  }
  const text = `Failed to connect to ${url.host} port ${url.port} after ${milliseconds(io, start)} ms: Couldn't connect to server`
  verbose(io, options, text)
  throw new Failure(7, text)
}

const seconds = (ns: number): string => (ns / 1e9).toFixed(6)

function writeOut(format: string, facts: Facts, code: number, message: string): string {
  const variables: { readonly [name: string]: () => string } = {
    http_code: () => String(facts.status).padStart(3, '0'), response_code: () => String(facts.status).padStart(3, '0'), url_effective: () => facts.url, url: () => facts.url,
    size_download: () => String(facts.downloaded), size_header: () => String(facts.headerBytes), content_type: () => facts.contentType, remote_ip: () => facts.remote?.address ?? '',
    remote_port: () => String(facts.remotePort), local_ip: () => facts.localAddress, local_port: () => String(facts.localPort), num_connects: () => String(facts.connects),
    num_redirects: () => String(facts.redirects), redirect_url: () => facts.redirectUrl, exitcode: () => String(code), errormsg: () => message, scheme: () => facts.scheme,
    method: () => facts.method, http_version: () => (facts.status > 0 ? '1.1' : '0'), time_namelookup: () => seconds(facts.times.namelookup), time_connect: () => seconds(facts.times.connect),
    time_pretransfer: () => seconds(facts.times.pretransfer), time_starttransfer: () => seconds(facts.times.starttransfer), time_total: () => seconds(facts.times.total),
    time_appconnect: () => seconds(0), time_redirect: () => seconds(0), speed_download: () => String(Math.trunc(facts.downloaded / Math.max(1e-6, facts.times.total / 1e9))),
    size_upload: () => '0', speed_upload: () => '0', size_request: () => '0', ssl_verify_result: () => '0', filename_effective: () => '', stdout: () => '', onerror: () => '',
  }
  return format
    .replace(/%\{([a-z_]+)\}/g, (whole, name: string) => variables[name]?.() ?? whole)
    .replace(/%%/g, '%')
    .replace(/\\(n|r|t|\\)/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t', '\\': '\\' })[char] ?? char)
}
