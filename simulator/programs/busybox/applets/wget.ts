/** busybox wget (networking/wget.c). Recordings: cri-node ctr-tasks and join-a-pod. */
import { encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { connectWithin, readWithin } from '../../libc/connect'
import { getaddrinfo } from '../../libc/getaddrinfo'
import { ResponseReader, hostField, parseUrl } from '../../libc/http'
import { type Io, Exit } from '../../program'
import { showUsage } from '../applet'

const DEFAULT_TIMEOUT = 900

interface Options {
  quiet: boolean
  server: boolean
  spider: boolean
  output: string | undefined
  directory: string | undefined
  agent: string
  timeout: number
  headers: string[]
  body: string | undefined
}

/** One letter options with a value, and where it goes. */
const VALUES: { readonly [letter: string]: (options: Options, value: string) => void } = {
  O: (o, v) => { o.output = v },
  P: (o, v) => { o.directory = v },
  U: (o, v) => { o.agent = v },
  T: (o, v) => { o.timeout = Number(v) },
  o: () => {},
  Y: () => {},
}

export default function* wget(io: Io): Run<number> {
  const options: Options = { quiet: false, server: false, spider: false, output: undefined, directory: undefined, agent: 'Wget', timeout: DEFAULT_TIMEOUT, headers: [], body: undefined }
  const urls: string[] = []
  for (let at = 0; at < io.args.length; at++) {
    const word = io.args[at] ?? ''
    if (word === '--spider') options.spider = true
    else if (word === '--no-check-certificate') continue
    else if (word.startsWith('--header') || word.startsWith('--post-data')) {
      const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (io.args[++at] ?? '')
      if (word.startsWith('--header')) options.headers.push(value)
      else options.body = value
    } else if (word.startsWith('-') && word.length > 1) {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] ?? ''
        const take = VALUES[letter]
        if (take) {
          take(options, word.slice(i + 1) || (io.args[++at] ?? ''))
          break
        }
        if (letter === 'q') options.quiet = true
        else if (letter === 'S') options.server = true
        else if (letter !== 'c') {
          io.err(`wget: invalid option -- '${letter}'\n`)
          return showUsage(io, 'wget')
        }
      }
    } else urls.push(word)
  }
  if (urls.length === 0) return showUsage(io, 'wget')
  for (const url of urls) yield* download(io, options, url)
  return 0
}

function die(io: Io, text: string): never {
  io.err(`wget: ${text}\n`)
  throw new Exit(1)
}

function* download(io: Io, options: Options, text: string): Run {
  const { sys } = io
  const url = parseUrl(text) ?? die(io, `bad address '${text}'`)
  if (url.scheme !== 'http') {
    io.err('wget: not simulated in this lab\n')
    throw new Exit(125)
  }
  const shown = url.portGiven ? `${url.host}:${url.port}` : url.host
  const found = yield* getaddrinfo(sys, url.host)
  const address = found.kind === 'found' ? (found.addresses.find((each) => each.family === 'inet') ?? found.addresses[0]) : undefined
  if (!address) return die(io, `bad address '${shown}'`)
  const at = address.family === 'inet6' ? `[${address.address}]` : address.address
  if (!options.quiet) io.err(`Connecting to ${shown} (${at}:${url.port})\n`)
  yield* io.flush()
  const fd = sys.socket(address.family, 'stream')
  const failed = yield* connectWithin(sys, fd, { ...address, port: url.port }, options.timeout * 1e9)
  if (failed === 'timeout') return die(io, 'download timed out')
  if (failed) return die(io, `can't connect to remote host (${address.address}): ${failed.message}`)
  const method = options.body === undefined ? 'GET' : 'POST'
  const own = options.headers.map((line) => `${line}\r\n`).join('')
  const post = options.body === undefined ? '' : `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${encode(options.body).length}\r\n`
  yield* sys.write(fd, encode(`${method} ${url.path} HTTP/1.1\r\nHost: ${hostField(url)}\r\nUser-Agent: ${options.agent}\r\nConnection: close\r\n${own}${post}\r\n${options.body ?? ''}`))
  const reader = new ResponseReader({ bodiless: false })
  let out: number | undefined
  let name = ''
  let received = 0
  let started = false
  for (;;) {
    const part = yield* receive(io, fd, options.timeout * 1e9)
    const body = reader.push(part)
    const { head } = reader
    if (part.length === 0 && !head) die(io, 'error getting response')
    if (head && !started) {
      started = true
      if (options.server) for (const line of [...head.lines, '']) io.err(`  ${line}\n`)
      if (head.status < 200 || head.status >= 300) die(io, `server returned error: ${head.lines[0] ?? ''}`)
      if (options.spider) {
        if (!options.quiet) io.err('remote file exists\n')
        sys.close(fd)
        return
      }
      name = options.output ?? `${options.directory === undefined ? '' : `${options.directory}/`}${(url.path.split('?')[0] ?? '').split('/').at(-1) || 'index.html'}`
      out = name === '-' ? 1 : yield* create(io, name, options.output === undefined ? 'new' : 'overwrite')
      if (!options.quiet) io.err(name === '-' ? 'writing to stdout\n' : `saving to '${name}'\n`)
      yield* io.flush()
    }
    if (out !== undefined && body.length > 0) {
      received += body.length
      yield* sys.write(out, body)
    }
    if (part.length === 0 || reader.done) break
  }
  if (!options.quiet) {
    const short = name === '-' ? '-' : (name.split('/').at(-1) ?? name)
    io.err(`${short.slice(0, 20).padEnd(20)} 100% |********************************| ${size(received)}  0:00:00 ETA\n`)
    io.err(name === '-' ? 'written to stdout\n' : `'${name}' saved\n`)
  }
  sys.close(fd)
  if (out !== undefined && out !== 1) sys.close(out)
}

/** Five places, with a unit from 100000 on. */
const size = (bytes: number): string => (bytes < 100_000 ? String(bytes).padStart(5) : `${String(Math.trunc(bytes / 1024)).padStart(4)}k`)

function* receive(io: Io, fd: number, timeout: number): Run<Uint8Array> {
  try {
    const part = yield* readWithin(io.sys, fd, 16384, timeout)
    return part === 'timeout' ? die(io, 'download timed out') : part
  } catch (error) {
    if (isErrno(error)) return die(io, 'error getting response')
    throw error
  }
}

/** A name of the user's own choice is overwritten, one taken from the URL is not. */
function* create(io: Io, name: string, how: 'new' | 'overwrite'): Run<number> {
  try {
    return yield* io.sys.open(name, { write: true, create: true, truncate: how === 'overwrite', exclusive: how === 'new' }, 0o666)
  } catch (error) {
    if (isErrno(error)) return die(io, `can't open '${name}': ${error.message}`)
    throw error
  }
}
