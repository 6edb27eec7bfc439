/**
 * /proc/PID/net (proc(5)): each file is a function of the namespace. Layouts follow net/ipv4/tcp_ipv4.c, fib_trie.c, net/unix/af_unix.c
 * and net/core/net-procfs.c; recording: cri-node, proc and capture.
 */
import { type Family, numberOf } from './address'
import type { NetNamespace } from './namespace'
import { COUNTER_FILES } from './proc-counters'
import { LINK_FILES } from './proc-links'
import { ROUTE_FILES } from './proc-routes'
import { neighbourState } from './route'
import { TCP_STATES, TcpSocket } from './tcp'

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')

/** Addresses as the kernel prints its memory: words in host (little endian) order. */
function memory(address: string, family: Family): string {
  const width = family === 'inet' ? 32 : 128
  const value = numberOf(address)
  let text = ''
  for (let word = width / 32 - 1; word >= 0; word--) {
    const bits = Number((value >> BigInt(32 * word)) & 0xffffffffn)
    for (let byte = 0; byte < 4; byte++) text += hex((bits >>> (8 * byte)) & 255, 2)
  }
  return text
}

const endpoint = (at: { readonly address: string; readonly port: number }, family: Family): string => {
  const address = family === 'inet6' && !at.address.includes(':') && at.address !== '0.0.0.0' ? `::ffff:${at.address}` : at.address
  return `${memory(address, family)}:${hex(at.port, 4)}`
}

/** The kernel shows a hash of a pointer; here one of the inode number. */
const pointer = (inode: number): string => {
  let x = (inode ^ 0x9e3779b9) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return ((x ^ (x >>> 16)) >>> 0).toString(16).padStart(16, '0')
}

/** A socket that has ended has no inode: its ends tell it from others. */
const addressOf = (s: TcpSocket): string => s.pointer ?? pointer(s.inode || Math.imul(s.local.port, 65_599) ^ s.remote.port)

function dev(ns: NetNamespace): string {
  const column = (value: number, width: number) => ` ${String(value).padStart(width)}`
  const lines = [...ns.devices.values()].map(({ name, received: r, sent: t }) => {
    const rx = [8, 7, 4, 4, 4, 5, 10, 9].map((width, i) => column([r.bytes, r.packets, r.errors, r.dropped, 0, 0, 0, r.multicast][i] ?? 0, i === 0 ? width - 1 : width))
    const tx = [8, 7, 4, 4, 4, 5, 7, 10].map((width, i) => column([t.bytes, t.packets, t.errors, t.dropped, 0, 0, 0, 0][i] ?? 0, width))
    return `${`${name}:`.padStart(7)}${rx.join('')}${tx.join('')}\n`
  })
  return (
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n' +
    lines.join('')
  )
}

const JIFFY_NS = 1e7

function tcp(ns: NetNamespace, family: Family): string {
  const header =
    family === 'inet'
      ? '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'.padEnd(149)
      : '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const now = ns.machine.clock.monotonic
  const all = TcpSocket.all(ns).filter((socket) => socket.family === family && socket.state !== 'CLOSE')
  const ordered = [...all.filter((s) => s.state === 'LISTEN'), ...all.filter((s) => s.state !== 'LISTEN')]
  const lines = ordered.map((s, i) => {
    const { receive } = s.queues
    const head = `${String(i).padStart(4)}: ${endpoint(s.local, family)} ${endpoint(s.remote, family)} ${hex(TCP_STATES[s.state], 2)}`
    if (s.state === 'TIME_WAIT') {
      const left = hex(Math.max(0, Math.round((s.expires - now) / JIFFY_NS)), 8)
      return `${head} 00000000:00000000 03:${left} 00000000     0        0 0 3 ${addressOf(s)}`
    }
    const tail = s.state === 'LISTEN' ? '100 0 0 10 0' : '20 4 30 10 -1'
    const inode = s.orphan ? 0 : s.inode
    return `${head} 00000000:${hex(receive, 8)} 00:00000000 00000000 ${String(s.uid).padStart(5)}        0 ${inode} ${s.state === 'LISTEN' ? 1 : s.orphan ? 1 : 2} ${addressOf(s)} ${tail}`
  })
  return [header, ...lines.map((line) => (family === 'inet' ? line.padEnd(149) : line))].map((line) => `${line}\n`).join('')
}

function udp(ns: NetNamespace, family: Family): string {
  const header =
    family === 'inet'
      ? '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'.padEnd(127)
      : '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'
  const any = { address: family === 'inet' ? '0.0.0.0' : '::', port: 0 }
  const lines = ns.sockets.udp
    .filter((socket) => socket.family === family)
    .map((s) => {
      const text = `${String(s.local.port % 16384).padStart(5)}: ${endpoint(s.local, family)} ${endpoint(s.remote ?? any, family)} ${s.remote ? '01' : '07'} 00000000:${hex(s.waiting, 8)} 00:00000000 00000000 ${String(s.uid).padStart(5)}        0 ${s.inode} 2 ${pointer(s.inode)} 0`
      return family === 'inet' ? text.padEnd(127) : text
    })
  return [header, ...lines].map((line) => `${line}\n`).join('')
}

function unix(ns: NetNamespace): string {
  const lines = ns.sockets.unix.map((s) => {
    const connected = s.state === 'connected'
    const flags = s.state === 'listening' ? '00010000' : '00000000'
    const name = s.name === undefined ? '' : ` ${s.name}`
    return `${pointer(s.inode)}: ${hex(connected ? 3 : 2, 8)} 00000000 ${flags} ${s.type === 'stream' ? '0001' : '0002'} ${connected ? '03' : '01'} ${String(s.inode).padStart(5)}${name}\n`
  })
  return `Num       RefCount Protocol Flags    Type St Inode Path\n${lines.join('')}`
}

const UP = 1
const GATEWAY = 2
const HOST = 4
const REJECT = 0x200

/** Empty until the namespace has its first address: there is no table before. */
function route(ns: NetNamespace): string {
  if (![...ns.devices.values()].some((d) => d.addresses.some((a) => a.family === 'inet')) && ns.sortedRoutes.length === 0) return ''
  const lines = ns.sortedRoutes
    .filter((r) => r.destination.family === 'inet')
    .map((r) => {
      const flags = UP | (r.gateway ? GATEWAY : 0) | (r.destination.length === 32 ? HOST : 0) | (r.type === 'unreachable' || r.type === 'prohibit' ? REJECT : 0)
      const mask = memory(r.destination.length === 0 ? '0.0.0.0' : [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.min(8, Math.max(0, r.destination.length - at)))).join('.'), 'inet')
      return [r.type === 'unicast' ? r.device.name : '*', memory(r.destination.address, 'inet'), r.gateway ? memory(r.gateway, 'inet') : '00000000', hex(flags, 4), 0, 0, r.metric, mask, 0, 0, 0].join('\t')
    })
  return ['Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT', ...lines].map((line) => `${line.padEnd(127)}\n`).join('')
}

function arp(ns: NetNamespace): string {
  const now = ns.machine.clock.monotonic
  const lines = ns.neighbours
    .filter((n) => !n.address.includes(':'))
    .map((n) => {
      const state = neighbourState(n, now)
      const flags = state === 'PERMANENT' ? '0x6' : n.mac ? '0x2' : '0x0'
      return `${n.address.padEnd(16)} 0x1         ${flags.padEnd(12)}${n.mac ?? '00:00:00:00:00:00'}     *        ${n.device.name}\n`
    })
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('')}`
}

const SCOPES = { global: '00', host: '10', link: '20', site: '40', nowhere: 'ff' } as const

function ifInet6(ns: NetNamespace): string {
  const now = ns.machine.clock.monotonic
  const lines: string[] = []
  for (const device of ns.devices.values()) {
    for (const a of device.addresses) {
      if (a.family !== 'inet6') continue
      const flags = (a.tentativeUntil ?? 0) > now ? 0xc0 : 0x80
      const address = numberOf(a.local).toString(16).padStart(32, '0')
      lines.push(`${address} ${device.ifindex.toString(16).padStart(2, '0')} ${a.length.toString(16).padStart(2, '0')} ${SCOPES[a.scope]} ${flags.toString(16)} ${device.name.padStart(8)}\n`)
    }
  }
  return lines.join('')
}

function sockstat(ns: NetNamespace): string {
  const all = TcpSocket.all(ns)
  const waiting = all.filter((s) => s.state === 'TIME_WAIT').length
  const orphans = all.filter((s) => s.orphan && s.state !== 'TIME_WAIT').length
  const inUse = all.filter((s) => s.family === 'inet' && s.state !== 'TIME_WAIT').length
  const used = all.length - waiting + ns.sockets.udp.length + ns.sockets.unix.length
  const udpInUse = ns.sockets.udp.filter((s) => s.family === 'inet').length
  return (
    `sockets: used ${used}\nTCP: inuse ${inUse} orphan ${orphans} tw ${waiting} alloc ${all.length - waiting} mem 0\nUDP: inuse ${udpInUse} mem 0\n` +
    'UDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n'
  )
}

/** The files of /proc/PID/net by name. */
export const NET_FILES: { readonly [name: string]: (ns: NetNamespace) => string } = {
  ...COUNTER_FILES,
  ...LINK_FILES,
  ...ROUTE_FILES,
  arp,
  dev,
  if_inet6: ifInet6,
  route,
  sockstat,
  tcp: (ns) => tcp(ns, 'inet'),
  tcp6: (ns) => tcp(ns, 'inet6'),
  udp: (ns) => udp(ns, 'inet'),
  udp6: (ns) => udp(ns, 'inet6'),
  unix,
}
