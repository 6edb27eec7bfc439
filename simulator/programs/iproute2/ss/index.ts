/** ss(8), iproute2 6.1: sockets of this network namespace (sock_diag) and, from /proc/PID/fd, who holds them. Recording: cri-node namespaces. */
import { contains, parsePrefix } from '../../../kernel/net/address'
import type { SocketView } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import { servicesByPort } from '../../libc/services'
import { readText } from '../../procps/processes'
import { heldSockets } from '../../procps/sockets'
import { type Io, program } from '../../program'
import { openNetns } from '../ip/context'
import { Table } from './table'
import { SS_USAGE } from './usage'

const STATES = {
  ESTABLISHED: 'ESTAB', SYN_SENT: 'SYN-SENT', SYN_RECV: 'SYN-RECV', FIN_WAIT1: 'FIN-WAIT-1', FIN_WAIT2: 'FIN-WAIT-2', TIME_WAIT: 'TIME-WAIT', CLOSE: 'UNCONN', UNCONN: 'UNCONN',
  CLOSE_WAIT: 'CLOSE-WAIT', LAST_ACK: 'LAST-ACK', LISTEN: 'LISTEN', CLOSING: 'CLOSING',
} as const
type State = keyof typeof STATES

const CONNECTED: readonly State[] = ['ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'CLOSING']
const ALL: readonly State[] = [...CONNECTED, 'CLOSE', 'UNCONN', 'LISTEN']
/** What is shown without -a and -l. */
const USUAL: readonly State[] = CONNECTED.filter((state) => state !== 'TIME_WAIT' && state !== 'SYN_RECV')

const STATE_NAMES: { readonly [name: string]: readonly State[] } = {
  all: ALL, connected: CONNECTED, synchronized: CONNECTED.filter((s) => s !== 'SYN_SENT'), bucket: ['SYN_RECV', 'TIME_WAIT'], big: ALL.filter((s) => s !== 'SYN_RECV' && s !== 'TIME_WAIT'),
  established: ['ESTABLISHED'], 'syn-sent': ['SYN_SENT'], 'syn-recv': ['SYN_RECV'], 'fin-wait-1': ['FIN_WAIT1'], 'fin-wait-2': ['FIN_WAIT2'], 'time-wait': ['TIME_WAIT'],
  closed: ['CLOSE', 'UNCONN'], unconnected: ['CLOSE', 'UNCONN'], 'close-wait': ['CLOSE_WAIT'], 'last-ack': ['LAST_ACK'], listening: ['LISTEN'], listen: ['LISTEN'], closing: ['CLOSING'],
}

interface Options {
  numeric: boolean
  all: boolean
  listening: boolean
  processes: boolean
  extended: boolean
  timers: boolean
  header: boolean
  summary: boolean
  protocols: Set<'tcp' | 'udp' | 'unix'>
  /** Also protocols that no socket of the lab speaks: they count for the Netid column. */
  others: number
  family: 'inet' | 'inet6' | undefined
  netns: string | undefined
  filter: string[]
}

const LONG: { readonly [name: string]: string } = {
  numeric: 'n', resolve: 'r', all: 'a', listening: 'l', options: 'o', extended: 'e', memory: 'm', processes: 'p', threads: 'T', info: 'i', summary: 's', events: 'E', context: 'Z',
  contexts: 'z', net: 'N', ipv4: '4', ipv6: '6', packet: '0', tcp: 't', mptcp: 'M', sctp: 'S', udp: 'u', dccp: 'd', raw: 'w', unix: 'x', family: 'f', kill: 'K', 'no-header': 'H',
  oneline: 'O', query: 'A', socket: 'A', diag: 'D', filter: 'F', help: 'h', version: 'V', bpf: 'b',
}

function readOptions(io: Io): Options {
  const options: Options = {
    numeric: false, all: false, listening: false, processes: false, extended: false, timers: false, header: true, summary: false, protocols: new Set(), others: 0, family: undefined,
    netns: undefined, filter: [],
  }
  const usage = (text: string): never => {
    io.err(`${text}${SS_USAGE}`)
    return io.exit(255)
  }
  const { args } = io
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      options.filter.push(word)
      continue
    }
    let letters = word.slice(1)
    let value: string | undefined
    if (word.startsWith('--')) {
      const [name = '', given] = word.slice(2).split('=')
      const long = Object.keys(LONG).find((each) => each === name) ?? Object.keys(LONG).find((each) => each.startsWith(name))
      if (!long) return usage(`ss: unrecognized option '${word}'\n`)
      letters = LONG[long] ?? ''
      value = given
    }
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? ''
      const argument = (): string => {
        const own = value ?? (letters.slice(i + 1) || args[++at])
        i = letters.length
        return own ?? usage(`ss: option requires an argument -- '${letter}'\n`)
      }
      switch (letter) {
        case 'n':
          options.numeric = true
          break
        case 'a':
          options.all = true
          break
        case 'l':
          options.listening = true
          break
        case 'p':
          options.processes = true
          break
        case 'e':
          options.extended = true
          break
        case 'o':
          options.timers = true
          break
        case 'H':
          options.header = false
          break
        case 's':
          options.summary = true
          break
        case 't':
          options.protocols.add('tcp')
          break
        case 'u':
          options.protocols.add('udp')
          break
        case 'x':
          options.protocols.add('unix')
          break
        case 'w':
        case '0':
        case 'M':
        case 'S':
        case 'd':
          options.others++
          break
        case '4':
          options.family = 'inet'
          break
        case '6':
          options.family = 'inet6'
          break
        case 'f': {
          const family = argument()
          if (family === 'inet' || family === 'inet6') options.family = family
          else if (family === 'unix') options.protocols.add('unix')
          else if (['link', 'netlink', 'vsock', 'tipc', 'xdp'].includes(family)) options.others++
          else usage(`ss: "${family}" is invalid family\n`)
          break
        }
        case 'A':
          for (const name of argument().split(',')) {
            if (name === 'tcp' || name === 'udp' || name === 'unix') options.protocols.add(name)
            else if (name === 'inet') options.protocols.add('tcp').add('udp')
            else if (name === 'all') options.protocols.add('tcp').add('udp').add('unix')
            else if (name.startsWith('unix_')) options.protocols.add('unix')
            else if (['raw', 'packet', 'netlink', 'dccp', 'sctp', 'mptcp'].includes(name)) options.others++
            else {
              io.err(`ss: "${name}" is illegal socket table id\n`)
              usage('')
            }
          }
          break
        case 'N':
          options.netns = argument()
          break
        case 'r':
        case 'O':
          break
        case 'V':
          io.out('ss utility, iproute2-6.1.0\n')
          return io.exit(0)
        case 'h':
          io.out(SS_USAGE)
          return io.exit(0)
        case 'm':
        case 'i':
        case 'T':
        case 'E':
        case 'Z':
        case 'z':
        case 'K':
        case 'D':
        case 'F':
        case 'b':
          io.err('ss: not simulated in this lab\n')
          return io.exit(125)
        default:
          return usage(`ss: invalid option -- '${letter}'\n`)
      }
    }
  }
  return options
}

export default program({
  size: 193680,
  summary: 'show sockets',
  *run(io) {
    const options = readOptions(io)
    if (options.netns !== undefined) {
      const fd = yield* openNetns(io, options.netns)
      if (fd === undefined) {
        io.err(`Cannot open network namespace "${options.netns}": No such file or directory\n`)
        return 1
      }
      io.sys.setns(fd, 'net')
      io.sys.close(fd)
    }
    if (options.summary) {
      summary(io)
      return 0
    }
    const { states, matches } = yield* readFilter(io, options)
    const given = options.protocols.size + options.others > 0
    if (!given && options.family) options.protocols.add('tcp').add('udp')
    const protocols = options.protocols.size + options.others > 0 ? options.protocols : new Set<SocketView['protocol']>(['tcp', 'udp', 'unix'])
    const single = given || options.family ? options.protocols.size + options.others === 1 && !options.protocols.has('unix') : false
    const services = options.numeric ? new Map<string, string>() : yield* servicesByPort(io.sys)
    const holders = options.processes ? yield* holdersOf(io) : new Map<number, string>()
    const table = new Table(
      { netid: single ? 'hidden' : 'shown', state: states.length === 1 ? 'hidden' : 'shown', header: options.header ? 'shown' : 'hidden' },
    )
    const all = io.sys.net.sockets()
    const ordered = [
      ...all.filter((s) => s.protocol === 'unix').reverse(),
      ...(['udp', 'tcp'] as const).flatMap((p) => (['inet', 'inet6'] as const).flatMap((f) => listenersFirst(all.filter((s) => s.protocol === p && s.family === f)))),
    ]
    for (const socket of ordered) {
      if (!protocols.has(socket.protocol) || (options.family && socket.family !== options.family)) continue
      if (!states.includes(socket.state) || !matches(socket)) continue
      table.row(cells(socket, options, services, holders))
    }
    io.out(table.render(screenWidth(io)))
    return 0
  },
})

const listenersFirst = (sockets: readonly SocketView[]): SocketView[] => [...sockets.filter((s) => s.state === 'LISTEN'), ...sockets.filter((s) => s.state !== 'LISTEN')]

/** A terminal's width, else COLUMNS; -1: no limit. */
function screenWidth(io: Io): number {
  if (io.sys.isatty(1)) {
    const { cols: columns } = io.sys.getWindowSize(1)
    if (columns > 0) return columns
  }
  const given = Number.parseInt(io.env('COLUMNS') ?? '', 10)
  return given > 0 ? given : -1
}

function cells(s: SocketView, options: Options, services: ReadonlyMap<string, string>, holders: ReadonlyMap<number, string>): string[] {
  const netid = s.protocol === 'unix' ? (s.type === 'stream' ? 'u_str' : 'u_dgr') : s.protocol
  const place = (at: { readonly address: string; readonly port: number }): [string, string] => {
    if (s.protocol === 'unix') return [`${at.address} `, String(at.port)]
    const host = at.address === '::' && !s.v6only ? '*' : at.address.includes(':') ? `[${at.address}]` : at.address
    return [`${host}:`, at.port === 0 ? '*' : (services.get(`${at.port}/${s.protocol}`) ?? String(at.port))]
  }
  let rest = ''
  const users = s.inode > 0 ? holders.get(s.inode) : undefined
  if (users !== undefined) rest += ` users:(${users})`
  if (options.timers && s.expires !== undefined) rest += ` timer:(timewait,${timer(s.expires)},0)`
  if (options.extended) {
    if (s.uid > 0) rest += ` uid:${s.uid}`
    rest += ` ino:${s.inode} sk:${(s.inode & 0xffff).toString(16)}`
    if (s.family === 'inet6') rest += ` v6only:${s.v6only ? 1 : 0}`
    rest += ' <->'
  }
  return [netid, STATES[s.state], String(s.receive).padEnd(6), String(s.send).padEnd(6), ...place(s.local), ...place(s.peer), rest]
}

/** `59sec`, `1min2sec`. */
function timer(ns: number): string {
  const seconds = Math.trunc(ns / 1e9)
  const minutes = Math.trunc(seconds / 60)
  return minutes > 0 ? `${minutes}min${seconds % 60 > 0 ? `${seconds % 60}sec` : ''}` : `${seconds}sec`
}

/** `("node",pid=12115,fd=3)` by inode: what /proc/PID/fd points to. */
function* holdersOf(io: Io): Run<ReadonlyMap<number, string>> {
  const { sys } = io
  const holders = new Map<number, string>()
  for (const { pid, fd, inode } of heldSockets(sys)) {
    const comm = ((yield* readText(sys, `/proc/${pid}/comm`)) ?? '').trimEnd()
    const own = `("${comm}",pid=${pid},fd=${fd})`
    const others = holders.get(inode)
    holders.set(inode, others === undefined ? own : `${own},${others}`)
  }
  return holders
}

function* readFilter(io: Io, options: Options): Run<{ states: readonly State[]; matches: (socket: SocketView) => boolean }> {
  const words = options.filter.flatMap((word) => word.replace(/([()])/g, ' $1 ').split(/\s+/)).filter(Boolean)
  let states: readonly State[] = options.all ? ALL : options.listening ? ['LISTEN', 'CLOSE', 'UNCONN'] : USUAL
  const wrong = (word: string): never => {
    io.err(`ss: bison bellows (while parsing filter): "syntax error!" Sorry.\n${word === '' ? '' : SS_USAGE}`)
    return io.exit(255)
  }
  const chosen = new Set<State>()
  while (words[0] === 'state' || words[0] === 'exclude') {
    const how = words.shift()
    const name = words.shift() ?? ''
    const meant = STATE_NAMES[name]
    if (!meant) {
      io.err(`ss: wrong state name: ${name}\n`)
      return io.exit(255)
    }
    if (how === 'state') for (const state of meant) chosen.add(state)
    else states = (chosen.size > 0 ? [...chosen] : states).filter((state) => !meant.includes(state))
  }
  if (chosen.size > 0) states = [...chosen]
  const services = yield* servicesByPort(io.sys)
  const portOf = (text: string): number => {
    const bare = text.replace(/^.*:/, '')
    if (/^\d+$/.test(bare)) return Number(bare)
    for (const [port, name] of services) if (name === bare) return Number.parseInt(port, 10)
    return wrong(text)
  }
  type Test = (socket: SocketView) => boolean
  const OPERATORS: { readonly [sign: string]: (a: number, b: number) => boolean } = {
    '=': (a, b) => a === b, '==': (a, b) => a === b, eq: (a, b) => a === b, '!=': (a, b) => a !== b, neq: (a, b) => a !== b, ne: (a, b) => a !== b, '>': (a, b) => a > b,
    gt: (a, b) => a > b, '<': (a, b) => a < b, lt: (a, b) => a < b, '>=': (a, b) => a >= b, ge: (a, b) => a >= b, '<=': (a, b) => a <= b, le: (a, b) => a <= b,
  }
  const primary = (): Test => {
    const word = words.shift() ?? wrong('')
    if (word === '(') {
      const inner = either()
      if (words.shift() !== ')') wrong(word)
      return inner
    }
    if (word === 'not' || word === '!') {
      const inner = primary()
      return (socket) => !inner(socket)
    }
    if (word === 'sport' || word === 'dport') {
      const compare = OPERATORS[words[0] ?? '']
      if (compare) words.shift()
      const port = portOf(words.shift() ?? wrong(word))
      return (socket) => socket.protocol !== 'unix' && (compare ?? ((a: number, b: number) => a === b))((word === 'sport' ? socket.local : socket.peer).port, port)
    }
    if (word === 'src' || word === 'dst') {
      if (OPERATORS[words[0] ?? '']) words.shift()
      const text = words.shift() ?? wrong(word)
      const [, host = text, port] = /^(\[.*\]|[^:]*|\*)(?::(\d+|\*))?$/.exec(text) ?? []
      const prefix = host === '' || host === '*' ? undefined : (parsePrefix(host.replace(/^\[|\]$/g, '')) ?? wrong(text))
      return (socket) => {
        const at = word === 'src' ? socket.local : socket.peer
        return socket.protocol !== 'unix' && (!prefix || contains(prefix, at.address)) && (!port || port === '*' || at.port === Number(port))
      }
    }
    return wrong(word)
  }
  const both = (): Test => {
    let left = primary()
    while (words.length > 0 && words[0] !== ')' && words[0] !== 'or' && words[0] !== '||' && words[0] !== '|') {
      if (words[0] === 'and' || words[0] === '&&' || words[0] === '&') words.shift()
      const [first, second] = [left, primary()]
      left = (socket) => first(socket) && second(socket)
    }
    return left
  }
  const either = (): Test => {
    let left = both()
    while (words[0] === 'or' || words[0] === '||' || words[0] === '|') {
      words.shift()
      const [first, second] = [left, both()]
      left = (socket) => first(socket) || second(socket)
    }
    return left
  }
  return { states, matches: words.length === 0 ? () => true : either() }
}

/** -s, from the same counts as /proc/net/sockstat. */
function summary(io: Io): void {
  const all = io.sys.net.sockets()
  const tcp = all.filter((s) => s.protocol === 'tcp')
  const count = (state: State) => tcp.filter((s) => s.state === state).length
  const live = tcp.filter((s) => s.state !== 'TIME_WAIT')
  const udp = all.filter((s) => s.protocol === 'udp')
  const four = (list: readonly SocketView[]) => list.filter((s) => s.family === 'inet').length
  const row = (name: string, list: readonly SocketView[]) => `${name}\t  ${String(list.length).padEnd(9)} ${String(four(list)).padEnd(9)} ${String(list.length - four(list)).padEnd(9)}\n`
  const waiting = count('TIME_WAIT')
  io.out(`Total: ${all.length - waiting}\nTCP:   ${tcp.length} (estab ${count('ESTABLISHED')}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\n`)
  io.out(`Transport Total     IP        IPv6\n${row('RAW', [])}${row('UDP', udp)}${row('TCP', live)}${row('INET', [...udp, ...live])}${row('FRAG', [])}\n`)
}
