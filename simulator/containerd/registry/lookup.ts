/**
 * The way to a registry: its name, then the way there, as Go's net package words what fails (net/dnsclient_unix.go). Names of the lab's own
 * registries are known to whoever can reach a name server; any other name has the answer that the server gives, or none.
 */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { parseAddress } from '../../kernel/net/address'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

const ATTEMPTS = 2
const TIMEOUT_NS = 5_000_000_000
const HTTPS = 443

const text = (error: Error): string => error.message.charAt(0).toLowerCase() + error.message.slice(1)

/** What stands in the way to `host`, in Go's words; undefined: nothing. */
export function* obstacle(sys: Sys, host: string, known: 'known' | 'unknown'): Run<string | undefined> {
  const [name = '', port = String(HTTPS)] = host.split(':')
  const address = parseAddress(name) ? name : yield* inHosts(sys, name)
  if (address !== undefined) return yield* dial(sys, address, Number(port))
  const server = yield* nameServer(sys)
  const family = server.includes(':') ? 'inet6' : 'inet'
  const at = family === 'inet6' ? `[${server}]:53` : `${server}:53`
  const lookup = `dial tcp: lookup ${name} on ${at}: `
  const fd = sys.socket(family, 'dgram')
  try {
    yield* sys.connect(fd, { family, address: server, port: 53 })
  } catch (error) {
    sys.close(fd)
    if (!isErrno(error)) throw error
    return `${lookup}dial udp ${at}: connect: ${text(error)}`
  }
  try {
    if (known === 'known') return undefined
    const own = sys.getsockname(fd)
    const way = 'port' in own ? `read udp ${family === 'inet6' ? `[${own.address}]` : own.address}:${own.port}->${at}: ` : ''
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        yield* sys.write(fd, question(sys.random() & 0xffff, name))
        const [ready] = yield* sys.poll([{ fd, read: true }], TIMEOUT_NS)
        if (!ready?.readable) continue
        yield* sys.read(fd, 4096)
        return `${lookup}no such host`
      } catch (error) {
        if (!isErrno(error)) throw error
        return `${lookup}${way}read: ${text(error)}`
      }
    }
    return `${lookup}${way}i/o timeout`
  } finally {
    sys.close(fd)
  }
}

/** A registry that somebody runs on a node is none of the lab's: nothing there speaks its protocol. */
function* dial(sys: Sys, address: string, port: number): Run<string> {
  const family = address.includes(':') ? 'inet6' : 'inet'
  const fd = sys.socket(family, 'stream')
  const shown = family === 'inet6' ? `[${address}]:${port}` : `${address}:${port}`
  try {
    yield* sys.connect(fd, { family, address, port })
    return 'http: server gave HTTP response to HTTPS client'
  } catch (error) {
    if (!isErrno(error)) throw error
    return `dial tcp ${shown}: ${error.code === 'ETIMEDOUT' ? 'i/o timeout' : `connect: ${text(error)}`}`
  } finally {
    sys.close(fd)
  }
}

function* lines(sys: Sys, path: string): Run<string[][]> {
  try {
    return decode(yield* sys.readFile(path)).split('\n').map((line) => line.replace(/[#;].*/, '').trim().split(/\s+/))
  } catch (error) {
    if (isErrno(error)) return []
    throw error
  }
}

function* inHosts(sys: Sys, name: string): Run<string | undefined> {
  return (yield* lines(sys, '/etc/hosts')).find(([, ...names]) => names.includes(name))?.[0]
}

/** The first that resolv.conf(5) names; without one Go asks this machine. */
function* nameServer(sys: Sys): Run<string> {
  return (yield* lines(sys, '/etc/resolv.conf')).find(([key, server]) => key === 'nameserver' && server !== undefined)?.[1] ?? '127.0.0.1'
}

/** A query for an address (RFC 1035). */
function question(id: number, name: string): Uint8Array {
  const labels = name.split('.').filter(Boolean).flatMap((label) => [label.length, ...[...label].map((c) => c.charCodeAt(0))])
  return new Uint8Array([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, 1, 0, 1])
}
