/**
 * getaddrinfo(3) of the C library: numbers, then the sources that nsswitch.conf(5) names: /etc/hosts, and the name servers of
 * resolv.conf(5), asked by UDP (RFC 1035). A server that nobody runs does not answer.
 */
import { decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { type Family, formatAddress, parseAddress } from '../../kernel/net/address'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface HostAddress {
  readonly family: Family
  readonly address: string
}

export type Lookup =
  | { readonly kind: 'found'; readonly addresses: readonly HostAddress[] }
  /** EAI_NONAME, EAI_AGAIN. */
  | { readonly kind: 'unknown' | 'try-again' }

/** gai_strerror(3). */
export const LOOKUP_ERRORS = { unknown: 'Name or service not known', 'try-again': 'Temporary failure in name resolution' } as const

function* readText(sys: Sys, path: string): Run<string> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error)) return ''
    throw error
  }
}

const words = (line: string): string[] => line.replace(/[#;].*/, '').trim().split(/\s+/).filter(Boolean)

export function* getaddrinfo(sys: Sys, host: string, family?: Family): Run<Lookup> {
  const number = parseAddress(host)
  const wanted = (address: HostAddress) => family === undefined || address.family === family
  if (number) {
    const address = { family: number.family, address: formatAddress(number) }
    return wanted(address) ? { kind: 'found', addresses: [address] } : { kind: 'unknown' }
  }
  const sources = words((yield* readText(sys, '/etc/nsswitch.conf')).split('\n').find((line) => line.trim().startsWith('hosts:')) ?? 'hosts: files dns').slice(1)
  let last: Lookup = { kind: 'unknown' }
  for (const source of sources) {
    if (source === 'files') {
      const addresses = hostsOf(yield* readText(sys, '/etc/hosts'), host).filter(wanted)
      if (addresses.length > 0) return { kind: 'found', addresses }
    } else if (source === 'dns') {
      last = yield* askServers(sys, host, family)
      if (last.kind === 'found') return last
    }
  }
  return last
}

function hostsOf(text: string, host: string): HostAddress[] {
  const found: HostAddress[] = []
  for (const line of text.split('\n')) {
    const [address = '', ...names] = words(line)
    const parsed = parseAddress(address)
    if (parsed && names.some((name) => name.toLowerCase() === host.toLowerCase())) found.push({ family: parsed.family, address: formatAddress(parsed) })
  }
  return found
}

export interface ResolverConfig {
  readonly servers: readonly string[]
  readonly search: readonly string[]
  readonly ndots: number
  readonly timeout: number
  readonly attempts: number
}

export function* resolverConfig(sys: Sys): Run<ResolverConfig> {
  const lines = (yield* readText(sys, '/etc/resolv.conf')).split('\n').map(words)
  const servers = lines.filter(([key]) => key === 'nameserver').flatMap(([, server]) => (server ? [server] : []))
  const search = lines.filter(([key]) => key === 'search' || key === 'domain').at(-1)?.slice(1) ?? []
  const options = lines.filter(([key]) => key === 'options').flatMap((line) => line.slice(1))
  const option = (name: string, value: number) => Number(options.find((each) => each.startsWith(`${name}:`))?.slice(name.length + 1) ?? value)
  return { servers: (servers.length > 0 ? servers : ['127.0.0.1']).slice(0, 3), search, ndots: option('ndots', 1), timeout: option('timeout', 5), attempts: option('attempts', 2) }
}

function* askServers(sys: Sys, host: string, family: Family | undefined): Run<Lookup> {
  const config = yield* resolverConfig(sys)
  const dots = host.split('.').length - 1
  const relative = host.endsWith('.') ? [] : config.search.map((domain) => `${host}.${domain}`)
  const absolute = host.replace(/\.$/, '')
  const names = dots >= config.ndots ? [absolute, ...relative] : [...relative, absolute]
  for (const name of names) {
    const addresses: HostAddress[] = []
    for (const type of family === 'inet' ? [A] : family === 'inet6' ? [AAAA] : [A, AAAA]) {
      const answer = yield* query(sys, config, name, type)
      if (answer === undefined) return { kind: 'try-again' }
      addresses.push(...answer.addresses)
    }
    if (addresses.length > 0) return { kind: 'found', addresses }
  }
  return { kind: 'unknown' }
}

export const A = 1
export const AAAA = 28

export interface DnsAnswer {
  readonly server: string
  /** 0 no error, 3 no such name (RFC 1035, RCODE). */
  readonly code: number
  readonly addresses: readonly HostAddress[]
  readonly records: readonly { readonly name: string; readonly type: number; readonly ttl: number; readonly text: string }[]
}

/** Asks the servers in turn; undefined when none answers. */
export function* query(sys: Sys, config: ResolverConfig, name: string, type: number): Run<DnsAnswer | undefined> {
  const id = sys.random() & 0xffff
  for (let attempt = 0; attempt < config.attempts; attempt++) {
    for (const server of config.servers) {
      const fd = sys.socket(server.includes(':') ? 'inet6' : 'inet', 'dgram')
      try {
        yield* sys.connect(fd, { family: server.includes(':') ? 'inet6' : 'inet', address: server, port: 53 })
        yield* sys.write(fd, question(id, name, type))
        const [ready] = yield* sys.poll([{ fd, read: true }], config.timeout * 1e9)
        if (ready?.readable) return { server, ...parse(yield* sys.read(fd, 4096)) }
      } catch (error) {
        if (!isErrno(error)) throw error
      } finally {
        sys.close(fd)
      }
    }
  }
  return undefined
}

function question(id: number, name: string, type: number): Uint8Array {
  const out = [id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  for (const label of name.split('.').filter(Boolean)) out.push(label.length, ...[...label].map((char) => char.charCodeAt(0)))
  out.push(0, type >> 8, type & 255, 0, 1)
  return new Uint8Array(out)
}

function parse(bytes: Uint8Array): Omit<DnsAnswer, 'server'> {
  const word = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const nameAt = (start: number): { name: string; next: number } => {
    const labels: string[] = []
    let at = start
    let next = -1
    for (let limit = 128; limit > 0; limit--) {
      const length = bytes[at] ?? 0
      if (length === 0) break
      if (length >= 0xc0) {
        if (next < 0) next = at + 2
        at = word(at) & 0x3fff
        continue
      }
      labels.push(String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length)))
      at += length + 1
    }
    return { name: labels.join('.'), next: next < 0 ? at + 1 : next }
  }
  let at = 12
  for (let i = word(4); i > 0; i--) at = nameAt(at).next + 4
  const addresses: HostAddress[] = []
  const records: { name: string; type: number; ttl: number; text: string }[] = []
  for (let i = word(6); i > 0; i--) {
    const owner = nameAt(at)
    const type = word(owner.next)
    const ttl = word(owner.next + 4) * 65536 + word(owner.next + 6)
    const length = word(owner.next + 8)
    const start = owner.next + 10
    const value = bytes.subarray(start, start + length).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    let text = ''
    if (type === A || type === AAAA) {
      const family: Family = type === A ? 'inet' : 'inet6'
      text = formatAddress({ family, value })
      addresses.push({ family, address: text })
    } else if (type === 5 || type === 12 || type === 2) text = nameAt(start).name
    records.push({ name: owner.name, type, ttl, text })
    at = start + length
  }
  return { code: word(2) & 15, addresses, records }
}
