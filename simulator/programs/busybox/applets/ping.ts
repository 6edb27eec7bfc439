/** busybox ping (networking/ping.c): echo requests a second apart, on the virtual clock. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { getaddrinfo } from '../../libc/getaddrinfo'
import type { Io } from '../../program'
import { showUsage } from '../applet'

export default function* ping(io: Io): Run<number> {
  const { sys } = io
  let count = Number.POSITIVE_INFINITY
  let bytes = 56
  let interval = 1
  let wait = 10
  let deadline = Number.POSITIVE_INFINITY
  let quiet = false
  let host: string | undefined
  let family: 'inet' | 'inet6' | undefined
  for (let at = 0; at < io.args.length; at++) {
    const word = io.args[at] ?? ''
    if (!word.startsWith('-')) {
      host = word
      continue
    }
    const letter = word[1] ?? ''
    const value = () => word.slice(2) || (io.args[++at] ?? '')
    if (letter === 'c') count = Number(value())
    else if (letter === 's') bytes = Number(value())
    else if (letter === 'i') interval = Number(value())
    else if (letter === 'W') wait = Number(value())
    else if (letter === 'w') deadline = Number(value())
    else if (letter === 't' || letter === 'I' || letter === 'p') value()
    else if (letter === 'q') quiet = true
    else if (letter === '4') family = 'inet'
    else if (letter === '6') family = 'inet6'
    else return showUsage(io, 'ping')
  }
  if (host === undefined) return showUsage(io, 'ping')
  const found = yield* getaddrinfo(sys, host, family)
  const [first] = found.kind === 'found' ? found.addresses : []
  if (!first) {
    io.err(`ping: bad address '${host}'\n`)
    return 1
  }
  io.out(`PING ${host} (${first.address}): ${bytes} data bytes\n`)
  yield* io.flush()
  const start = sys.monotonic()
  const times: number[] = []
  let sent = 0
  let ended = false
  sys.signal(2, () => {
    ended = true
  })
  try {
    for (; sent < count && !ended && (sys.monotonic() - start) / 1e9 < deadline; ) {
      const echo = sys.net.echo(first.address, { bytes })
      if (echo.kind === 'error' && echo.by === undefined) {
        io.err(`ping: sendto: ${echo.error === 'ENETUNREACH' ? 'Network is unreachable' : 'No route to host'}\n`)
        return 1
      }
      const sequence = sent++
      if (echo.kind === 'reply') {
        yield* sys.sleep(echo.rtt)
        times.push(echo.rtt)
        if (!quiet) io.out(`${bytes + 8} bytes from ${echo.from}: seq=${sequence} ttl=${echo.ttl} time=${milliseconds(echo.rtt)} ms\n`)
        yield* io.flush()
      }
      if (sent < count) yield* sys.sleep(Math.max(0, interval * 1e9 - (echo.kind === 'reply' ? echo.rtt : 0)))
      else if (echo.kind === 'error') yield* sys.sleep(wait * 1e9)
    }
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
  }
  const lost = sent === 0 ? 0 : Math.trunc(((sent - times.length) * 100) / sent)
  io.out(`\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n`)
  if (times.length > 0) {
    const average = times.reduce((sum, each) => sum + each, 0) / times.length
    io.out(`round-trip min/avg/max = ${milliseconds(Math.min(...times))}/${milliseconds(average)}/${milliseconds(Math.max(...times))} ms\n`)
  }
  return times.length > 0 ? 0 : 1
}

const milliseconds = (ns: number): string => (ns / 1e6).toFixed(3)
