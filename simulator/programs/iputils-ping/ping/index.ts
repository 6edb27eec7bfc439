/** ping(8), iputils 20221126: echo requests a second apart, on the virtual clock. */
import { isErrno } from '../../../kernel/errno'
import { type Family, familyOf } from '../../../kernel/net/address'
import { SIG } from '../../../kernel/signals'
import { LOOKUP_ERRORS, getaddrinfo } from '../../libc/getaddrinfo'
import { type Io, program } from '../../program'

const ICMP_ERRORS: { readonly [code: string]: string } = { ENETUNREACH: 'Destination Net Unreachable', EHOSTUNREACH: 'Destination Host Unreachable', EACCES: 'Packet filtered' }

interface Options {
  count: number
  bytes: number
  interval: number
  wait: number
  deadline: number
  quiet: boolean
  family: Family | undefined
  host: string | undefined
}

export default program({
  paths: ['/usr/bin/ping', '/usr/bin/ping4', '/usr/bin/ping6'],
  size: 90568,
  summary: 'send ICMP echo requests',
  *run(io) {
    const options = parse(io)
    const { host } = options
    if (host === undefined) {
      io.err('ping: usage error: Destination address required\n')
      return 1
    }
    const { sys } = io
    const found = yield* getaddrinfo(sys, host, options.family)
    const [first] = found.kind === 'found' ? found.addresses : []
    if (!first) {
      io.err(`ping: ${host}: ${LOOKUP_ERRORS[found.kind === 'try-again' ? 'try-again' : 'unknown']}\n`)
      return 2
    }
    const { address } = first
    const first6 = familyOf(address) === 'inet6'
    const head = first6 ? 8 : 28
    if (!sys.net.routes('inet').length && !sys.net.routes('inet6').length && sys.net.links().every((link) => !link.up)) {
      io.err('ping: connect: Network is unreachable\n')
      return 2
    }
    const opening = sys.net.echo(address, { bytes: options.bytes })
    if (opening.kind === 'error' && opening.by === undefined && opening.after === 0) {
      io.err(`ping: connect: ${opening.error === 'ENETUNREACH' ? 'Network is unreachable' : 'No route to host'}\n`)
      return 2
    }
    io.out(`PING ${host}${first6 ? `(${address})` : ` (${address})`} ${options.bytes}${first6 ? '' : `(${options.bytes + head})`} data bytes\n`)
    yield* io.flush()
    const start = sys.monotonic()
    const times: number[] = []
    let sent = 0
    let errors = 0
    let ended = false
    sys.signal(SIG.SIGINT, () => {
      ended = true
    })
    try {
      while (sent < options.count && !ended && (sys.monotonic() - start) / 1e9 < options.deadline) {
        const echo = sent === 0 ? opening : sys.net.echo(address, { bytes: options.bytes })
        sent++
        const began = sys.monotonic()
        if (echo.kind === 'reply') {
          yield* sys.sleep(echo.rtt)
          times.push(echo.rtt / 1e6)
          if (!options.quiet) io.out(`${options.bytes + 8} bytes from ${host === address ? echo.from : `${host} (${echo.from})`}: icmp_seq=${sent} ttl=${echo.ttl} time=${figure(echo.rtt / 1e6)} ms\n`)
        } else if (echo.by !== undefined && echo.error !== 'ETIMEDOUT') {
          yield* sys.sleep(echo.after)
          errors++
          if (!options.quiet) io.out(`From ${echo.by} icmp_seq=${sent} ${ICMP_ERRORS[echo.error] ?? 'Destination Host Unreachable'}\n`)
        } else if (sent >= options.count) yield* sys.sleep(options.wait * 1e9)
        yield* io.flush()
        if (sent < options.count) yield* sys.sleep(Math.max(0, options.interval * 1e9 - (sys.monotonic() - began)))
      }
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
    const lost = sent === 0 ? 0 : ((sent - times.length) * 100) / sent
    const spent = Math.trunc((sys.monotonic() - start) / 1e6)
    const trouble = errors > 0 ? `+${errors} errors, ` : ''
    io.out(`\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} received, ${trouble}${percent(lost)}% packet loss, time ${spent}ms\n`)
    io.out(times.length > 0 ? `rtt min/avg/max/mdev = ${spread(times)} ms\n` : '\n')
    return times.length > 0 ? 0 : 1
  },
})

/** ping prints %g of the share lost. */
const percent = (share: number): string => String(Number(share.toPrecision(6)))

/** Fewer places for longer times. */
const figure = (ms: number): string => (ms >= 99.95 ? ms.toFixed(0) : ms >= 9.995 ? ms.toFixed(1) : ms >= 0.9995 ? ms.toFixed(2) : ms.toFixed(3))

function spread(times: readonly number[]): string {
  const average = times.reduce((sum, each) => sum + each, 0) / times.length
  const variance = times.reduce((sum, each) => sum + each * each, 0) / times.length - average * average
  return [Math.min(...times), average, Math.max(...times), Math.sqrt(Math.max(0, variance))].map((each) => each.toFixed(3)).join('/')
}

function parse(io: Io): Options {
  const options: Options = {
    count: Number.POSITIVE_INFINITY, bytes: 56, interval: 1, wait: 10, deadline: Number.POSITIVE_INFINITY, quiet: false,
    family: io.name === 'ping6' ? 'inet6' : io.name === 'ping4' ? 'inet' : undefined, host: undefined,
  }
  for (let at = 0; at < io.args.length; at++) {
    const word = io.args[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      options.host = word
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? ''
      const value = (): number => {
        const text = word.slice(i + 1) || (io.args[++at] ?? '')
        i = word.length
        const number = Number(text)
        if (text === '' || Number.isNaN(number) || number < 0) {
          io.err(`ping: invalid argument: '${text}'\n`)
          io.exit(1)
        }
        return number
      }
      if (letter === 'c') options.count = value()
      else if (letter === 's') options.bytes = value()
      else if (letter === 'i') options.interval = value()
      else if (letter === 'W') options.wait = value()
      else if (letter === 'w') options.deadline = value()
      else if (letter === 'q') options.quiet = true
      else if (letter === '4') options.family = 'inet'
      else if (letter === '6') options.family = 'inet6'
      else if (letter === 'n') continue
      else if (letter === 'V') {
        io.out('ping from iputils 20221126\n')
        io.exit(0)
      } else {
        io.err('ping: not simulated in this lab\n')
        io.exit(125)
      }
    }
  }
  return options
}
