/** busybox netstat (networking/netstat.c): reads /proc/net. Recording: cri-node ctr-tasks. */
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { formatAddress } from '../../../kernel/net/address'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { showUsage } from '../applet'

const STATES = ['', 'ESTABLISHED', 'SYN_SENT', 'SYN_RECV', 'FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'CLOSING']
const LETTERS = 'ralentuwx'
const WIDTH = 23

export default function* netstat(io: Io): Run<number> {
  const on = new Set<string>()
  for (const word of io.args) {
    if (!word.startsWith('-')) return showUsage(io, 'netstat')
    for (const letter of word.slice(1)) {
      if (!LETTERS.includes(letter)) {
        io.err(`netstat: invalid option -- '${letter}'\n`)
        return showUsage(io, 'netstat')
      }
      on.add(letter)
    }
  }
  if (on.has('r')) return yield* routes(io)
  const every = !['t', 'u', 'w', 'x'].some((letter) => on.has(letter))
  const which = on.has('a') ? '(servers and established)' : on.has('l') ? '(only servers)' : '(w/o servers)'
  const names = on.has('n') ? undefined : yield* hostNames(io)
  if (every || on.has('t') || on.has('u') || on.has('w')) {
    io.out(`Active Internet connections ${which}\nProto Recv-Q Send-Q ${'Local Address'.padEnd(WIDTH)} ${'Foreign Address'.padEnd(WIDTH)} State       \n`)
    for (const [letter, proto, files] of [['t', 'tcp', ['tcp', 'tcp6']], ['u', 'udp', ['udp', 'udp6']]] as const) {
      if (every || on.has(letter)) for (const file of files) yield* inet(io, file, proto, on, names)
    }
  }
  if (every || on.has('x')) {
    io.out(`Active UNIX domain sockets ${which}\nProto RefCnt Flags       Type       State         I-Node Path\n`)
    yield* unix(io, on)
  }
  return 0
}

function* lines(io: Io, file: string): Run<string[]> {
  try {
    return decode(yield* io.sys.readFile(`/proc/net/${file}`)).split('\n').slice(1).filter((line) => line.trim() !== '')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return []
    throw error
  }
}

/** Names of addresses in /etc/hosts, for where -n is not given. */
function* hostNames(io: Io): Run<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  try {
    for (const line of decode(yield* io.sys.readFile('/etc/hosts')).split('\n')) {
      const [address, name] = line.replace(/#.*/, '').trim().split(/\s+/)
      if (address && name && !names.has(address)) names.set(address, name)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  return names
}

function endpoint(text: string, names: ReadonlyMap<string, string> | undefined): string {
  const [hex = '', port = '0'] = text.split(':')
  const words = (hex.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join('')).join('')
  const number = Number.parseInt(port, 16)
  const address = formatAddress({ family: hex.length > 8 ? 'inet6' : 'inet', value: BigInt(`0x${words || '0'}`) }).replace(/^::ffff:([0-9a-f]+):([0-9a-f]+)$/, (_, a: string, b: string) => {
    const value = (Number.parseInt(a, 16) << 16) | Number.parseInt(b, 16)
    return `::ffff:${[24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')}`
  })
  const any = address === '0.0.0.0' || address === '::'
  const host = names && any ? (hex.length > 8 ? '[::]' : '0.0.0.0') : (names?.get(address) ?? address)
  return `${host}:${number === 0 ? '*' : number}`
}

function* inet(io: Io, file: string, proto: 'tcp' | 'udp', on: ReadonlySet<string>, names: ReadonlyMap<string, string> | undefined): Run {
  for (const line of yield* lines(io, file)) {
    const [, local = '', remote = '', state = '0', queues = '', , , uid = '0', , inode = '0'] = line.trim().split(/\s+/)
    const number = Number.parseInt(state, 16)
    const listens = /:0000$/.test(remote)
    if (!on.has('a') && (on.has('l') ? !listens : listens)) continue
    const [send = '0', receive = '0'] = queues.split(':')
    const name = proto === 'udp' ? (number === 1 ? 'ESTABLISHED' : '') : (STATES[number] ?? '')
    const extra = on.has('e') ? ` ${uid.padEnd(10)} ${inode.padEnd(10)}` : ''
    const figure = (hex: string) => String(Number.parseInt(hex, 16)).padStart(6)
    io.out(`${proto.padEnd(5)} ${figure(receive)} ${figure(send)} ${endpoint(local, names).padEnd(WIDTH)} ${endpoint(remote, names).padEnd(WIDTH)} ${name.padEnd(11)}${extra} \n`)
  }
}

const SOCKET_TYPES: { readonly [type: string]: string } = { '0001': 'STREAM', '0002': 'DGRAM', '0005': 'SEQPACKET' }

function* unix(io: Io, on: ReadonlySet<string>): Run {
  for (const line of yield* lines(io, 'unix')) {
    const [, references = '0', , flags = '0', type = '', state = '0', inode = '', path = ''] = line.trim().split(/\s+/)
    const accepts = (Number.parseInt(flags, 16) & 0x10000) !== 0
    if (!on.has('a') && (on.has('l') ? !accepts : accepts)) continue
    const connected = state === '03'
    const name = accepts ? 'LISTENING' : connected ? 'CONNECTED' : ''
    if (!on.has('a') && !on.has('l') && !connected) continue
    const shown = accepts ? '[ ACC ]' : '[ ]'
    io.out(`unix  ${String(Number.parseInt(references, 16)).padEnd(6)} ${shown.padEnd(11)} ${(SOCKET_TYPES[type] ?? 'UNKNOWN').padEnd(10)} ${name.padEnd(13)} ${inode.padStart(6)} ${path}\n`)
  }
}

const quad = (hex: string): string => (hex.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)).join('.')

function* routes(io: Io): Run<number> {
  io.out('Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n')
  for (const line of yield* lines(io, 'route')) {
    const [device = '', to = '', gateway = '', flags = '0', , , , mask = '', mtu = '0', window = '0', irtt = '0'] = line.trim().split(/\s+/)
    const bits = Number.parseInt(flags, 16)
    const letters = `U${bits & 2 ? 'G' : ''}${bits & 4 ? 'H' : ''}`
    io.out(`${quad(to).padEnd(15)} ${quad(gateway).padEnd(15)} ${quad(mask).padEnd(15)} ${letters.padEnd(6)} ${mtu.padStart(5)} ${window.padEnd(5)} ${irtt.padStart(6)} ${device}\n`)
  }
  return 0
}
