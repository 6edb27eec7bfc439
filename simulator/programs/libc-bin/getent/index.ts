/** getent(1) of glibc 2.36: entries of the databases in /etc, and hosts as getaddrinfo(3) finds them. */
import { silent } from '../../closeout'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { command } from '../../coreutils/command'
import { getaddrinfo, type HostAddress } from '../../libc/getaddrinfo'
import type { Io } from '../../program'
import { HELP, VERSION } from './help'

const [WRONG, NOT_FOUND, NO_ENUMERATION] = [1, 2, 3]

function* lines(sys: Sys, path: string): Run<string[]> {
  try {
    return decode(yield* sys.readFile(path)).split('\n').filter((l) => l.trim() !== '' && !l.startsWith('#'))
  } catch (error) {
    if (!isErrno(error)) throw error
    return []
  }
}

const words = (line: string): string[] => line.replace(/#.*/, '').trim().split(/\s+/)
const named = (first: string, rest: string, aliases: readonly string[]): string => `${first.padEnd(21)} ${rest}${aliases.map((a) => ` ${a}`).join('')}`

/** Files of colon-separated fields; a key that is a number looks for the id in `id`. */
const COLONS: { readonly [database: string]: { readonly path: string; readonly id: number | undefined } } = {
  passwd: { path: '/etc/passwd', id: 2 }, group: { path: '/etc/group', id: 2 }, shadow: { path: '/etc/shadow', id: undefined }, gshadow: { path: '/etc/gshadow', id: undefined },
}

interface Row {
  readonly keys: readonly string[]
  readonly text: string
}

/** Files of words: their rows as getent writes them, with what they can be asked by. */
const TABLES: { readonly [database: string]: { readonly path: string; readonly row: (fields: readonly string[]) => Row } } = {
  services: {
    path: '/etc/services',
    row: ([name = '', port = '', ...aliases]) => ({ keys: [name, ...aliases, port.split('/')[0] ?? '', ...[name, ...aliases, port.split('/')[0] ?? ''].map((k) => `${k}/${port.split('/')[1]}`)], text: named(name, port, aliases) }),
  },
  protocols: { path: '/etc/protocols', row: ([name = '', number = '', ...aliases]) => ({ keys: [name, number, ...aliases], text: named(name, number, aliases) }) },
  rpc: { path: '/etc/rpc', row: ([name = '', number = '', ...aliases]) => ({ keys: [name, number, ...aliases], text: `${name.padEnd(15)} ${number} ${aliases.map((a) => ` ${a}`).join('')}`.trimEnd() }) },
  networks: { path: '/etc/networks', row: ([name = '', address = '', ...aliases]) => ({ keys: [name, ...aliases, address], text: named(name, address, aliases) }) },
}

const hostLine = (address: string, names: readonly string[]): string => `${address.padEnd(15)} ${names.join(' ')}\n`

/** gethostbyname2(3) for IPv6, then for IPv4; an address is looked up backwards in /etc/hosts. */
function* hosts(io: Io, key: string): Run<boolean> {
  const rows = (yield* lines(io.sys, '/etc/hosts')).map(words)
  if (/^[\d.]+$/.test(key) || key.includes(':')) {
    const found = rows.find(([address]) => address === key)
    if (!found) return false
    io.out(hostLine(key, found.slice(1)))
    return true
  }
  for (const family of ['inet6', 'inet'] as const) {
    const own = rows.filter(([address = '', ...names]) => address.includes(':') === (family === 'inet6') && names.includes(key))
    if (own.length > 0) {
      for (const [address = '', ...names] of own) io.out(hostLine(address, names))
      return true
    }
    const found = yield* getaddrinfo(io.sys, key, family)
    if (found.kind === 'found') {
      for (const { address } of found.addresses) io.out(hostLine(address, [key]))
      return true
    }
  }
  return false
}

const SOCKETS = ['STREAM', 'DGRAM', 'RAW']

function* allHosts(io: Io, key: string, family: HostAddress['family'] | undefined): Run<boolean> {
  const found = yield* getaddrinfo(io.sys, key, family)
  if (found.kind !== 'found') return false
  const canonical = (yield* lines(io.sys, '/etc/hosts')).map(words).find((row) => row.slice(1).includes(key))?.[1] ?? key
  found.addresses.forEach(({ address }, i) => {
    SOCKETS.forEach((socket, k) => {
      io.out(`${address.padEnd(15)} ${socket.padEnd(6)} ${i === 0 && k === 0 ? canonical : ''}\n`)
    })
  })
  return true
}

export default command({
  unwritten: silent,
  summary: 'get entries from Name Service Switch libraries',
  help: HELP, version: VERSION, hidden: '  -i, --no-idn\n  -s, --service=CONFIG\n  -A, --no-addrconfig\n', stopAtOperand: true,
  *run(io, options) {
    const [database, ...keys] = options.operands
    const hint = (): number => {
      io.out(`Try \`${io.name} --help' or \`${io.name} --usage' for more information.\n`)
      return WRONG
    }
    if (options.has('usage')) {
      io.out(`Usage: ${io.name} [-Ai?V] [-s CONFIG] [--no-addrconfig] [--no-idn]\n            [--service=CONFIG] [--help] [--usage] [--version]\n            database [key ...]\n`)
      return 0
    }
    if (database === undefined) {
      io.err(`${io.name}: wrong number of arguments\n`)
      return hint()
    }
    let status = 0
    const miss = (): void => {
      status = NOT_FOUND
    }
    const colons = Object.hasOwn(COLONS, database) ? COLONS[database] : undefined
    const table = Object.hasOwn(TABLES, database) ? TABLES[database] : undefined
    if (colons) {
      const rows = (yield* lines(io.sys, colons.path)).map((line) => line.split(':'))
      if (keys.length === 0) io.out(rows.map((r) => `${r.join(':')}\n`).join(''))
      for (const key of keys) {
        const found = rows.find((r) => r[0] === key) ?? (colons.id !== undefined && /^\d+$/.test(key) ? rows.find((r) => r[colons.id ?? 0] === key) : undefined)
        if (found) io.out(`${found.join(':')}\n`)
        else miss()
      }
    } else if (table) {
      const rows = (yield* lines(io.sys, table.path)).map((line) => table.row(words(line)))
      if (keys.length === 0) io.out(rows.map((r) => `${r.text}\n`).join(''))
      for (const key of keys) {
        const found = rows.find((r) => r.keys.includes(key))
        if (found) io.out(`${found.text}\n`)
        else miss()
      }
    } else if (database === 'hosts') {
      if (keys.length === 0) for (const [address = '', ...names] of (yield* lines(io.sys, '/etc/hosts')).map(words)) io.out(hostLine(address, names))
      for (const key of keys) if (!(yield* hosts(io, key))) miss()
    } else if (database === 'ahosts' || database === 'ahostsv4' || database === 'ahostsv6') {
      if (keys.length === 0) for (const [address = '', ...names] of (yield* lines(io.sys, '/etc/hosts')).map(words)) io.out(hostLine(address, names))
      for (const key of keys) if (!(yield* allHosts(io, key, database === 'ahosts' ? undefined : database === 'ahostsv4' ? 'inet' : 'inet6'))) miss()
    } else if (database === 'initgroups') {
      if (keys.length === 0) {
        io.err(`Enumeration not supported on ${database}\n`)
        return NO_ENUMERATION
      }
      const groups = (yield* lines(io.sys, '/etc/group')).map((line) => line.split(':'))
      for (const key of keys) io.out(`${key.padEnd(21)}${groups.filter((g) => (g[3] ?? '').split(',').includes(key)).map((g) => ` ${g[2]}`).join('')}\n`)
    } else if (database === 'ethers' || database === 'netgroup' || database === 'aliases') {
      if (keys.length === 0) {
        io.err(`Enumeration not supported on ${database}\n`)
        return NO_ENUMERATION
      }
      status = NOT_FOUND
    } else {
      io.err(`Unknown database: ${database}\n`)
      return hint()
    }
    return status
  },
})
