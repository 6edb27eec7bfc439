/**
 * What /proc/PID/net tells of links and protocols (net/core/net-procfs.c, net/core/sock.c, net/ipv4/igmp.c, net/ipv6/mcast.c): multicast
 * groups follow from the devices that are up and their addresses; the kernel's own sockets and handlers are the same everywhere.
 */
import { numberOf } from './address'
import type { Device } from './device'
import type { NetNamespace } from './namespace'

const hex128 = (value: bigint): string => value.toString(16).padStart(32, '0')
const NODES = hex128(numberOf('ff02::1'))
const INTERFACE_NODES = hex128(numberOf('ff01::1'))

const multicasts = ({ kind, up }: Device): boolean => up && kind !== 'dummy'
const inet6 = (device: Device): string[] => device.addresses.filter((a) => a.family === 'inet6' && a.scope !== 'host').map((a) => a.local)

/** The group that asks for an address: ff02::1:ff and its last three bytes. */
const solicited = (address: string): string => `ff0200000000000000000001ff${(numberOf(address) & 0xffffffn).toString(16).padStart(6, '0')}`

function deviceGroups(ns: NetNamespace): string {
  const row = (device: Device, mac: string): string => `${String(device.ifindex).padEnd(4)} ${device.name.padEnd(15)} 1     0     ${mac}\n`
  return [...ns.devices.values()].filter((d) => multicasts(d) && d.kind !== 'loopback').map((d) =>
    ['333300000001', '01005e000001', ...inet6(d).map((a) => `3333ff${solicited(a).slice(-6)}`)].map((mac) => row(d, mac)).join('')).join('')
}

function igmp(ns: NetNamespace): string {
  const rows = [...ns.devices.values()].filter(multicasts).map((d) => `${d.ifindex}\t${d.name.padEnd(10)}:     1      V3\n\t\t\t\t010000E0     1 0:00000000\t\t0\n`)
  return `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n${rows.join('')}`
}

function igmp6(ns: NetNamespace): string {
  const row = ({ ifindex, name }: Device, group: string, flags: string): string => `${String(ifindex).padEnd(4)} ${name.padEnd(15)} ${group} ${'1'.padStart(5)} ${flags} 0\n`
  return [...ns.devices.values()].filter(multicasts).map((d) => [...inet6(d).map((a) => row(d, solicited(a), '00000004')), row(d, NODES, '0000000C'), row(d, INTERFACE_NODES, '00000008')].join('')).join('')
}

/** Name, size of a socket, pages of memory, pressure, longest header, slab, and which operations it has. */
const PROTOCOLS = `
AF_VSOCK 1240 -1 NI 0 yes ynnnnnnnnnnnnnnnnn
PACKET 1600 -1 NI 0 no nnnnnnnnnnnnnnnnnn
MPTCPv6 2064 156 no 0 yes yyynyyyyyyyynnyyyn
PINGv6 1344 -1 NI 0 yes yyynnynnyyyyyynyyn
RAWv6 1344 -1 NI 0 yes yyynyyynyyyyyyyynn
UDPLITEv6 1472 0 NI 0 yes yyynyyynyyyynnyyyn
UDPv6 1472 0 NI 0 yes yyynyyynyyyynnyyyn
TCPv6 2432 156 no 192 yes yyyyyyyyyyyynyyyyy
XDP 1088 -1 NI 0 no nnnnnnnnnnnnnnnnnn
UNIX-STREAM 1152 -1 NI 0 yes ynnnnnnnnnnnnnnnnn
UNIX 1152 -1 NI 0 yes ynnnnnnnnnnnnnnnnn
UDP-Lite 1344 0 NI 0 yes yyynyyynyyyynnyyyn
MPTCP 1936 156 no 0 yes yyynyyyyyyyynnyyyn
PING 1016 -1 NI 0 yes yyynnynnyyyyyynyyn
RAW 1152 -1 NI 0 yes yyynyyynyyyyyyyynn
UDP 1344 0 NI 0 yes yyynyyynyyyynnyyyn
TCP 2304 156 no 192 yes yyyyyyyyyyyynyyyyy
NETLINK 1096 -1 NI 0 no nnnnnnnnnnnnnnnnnn
`.trim().split('\n')

const OPERATIONS = 'cl co di ac io in de sh ss gs se re bi br ha uh gp em'

function protocols(ns: NetNamespace): string {
  const open: Readonly<Record<string, number>> = { UNIX: ns.sockets.unix.filter((s) => s.type !== 'stream').length, 'UNIX-STREAM': ns.sockets.unix.filter((s) => s.type === 'stream').length, UDP: ns.sockets.udp.length }
  const rows = PROTOCOLS.map((line) => {
    const [name = '', size = '', memory = '', pressure = '', header = '', slab = '', operations = ''] = line.split(' ')
    const sockets = String(open[name] ?? 0)
    return `${name.padEnd(9)} ${size.padStart(4)} ${sockets.padStart(6)}  ${memory.padStart(6)}   ${pressure.padEnd(3)} ${header.padStart(6)}   ${slab.padEnd(3)}  ${'kernel'.padEnd(10)} ${[...operations].map((c) => ` ${c}`).join(' ')}\n`
  })
  return `protocol  size sockets  memory press maxhdr  slab module     ${OPERATIONS}\n${rows.join('')}`
}

const HANDLERS: readonly (readonly [type: string, handler: string])[] = [['0800', 'ip_rcv'], ['0004', 'llc_rcv'], ['0806', 'arp_rcv'], ['86dd', 'ipv6_rcv']]

const INET = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'
const INET6 = '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n'

export const LINK_FILES: { readonly [name: string]: (ns: NetNamespace) => string } = {
  anycast6: () => '',
  dev_mcast: deviceGroups,
  icmp: () => `${INET.padEnd(127)}\n`,
  icmp6: () => INET6,
  igmp,
  igmp6,
  ip6_flowlabel: () => 'Label S Owner  Users  Linger Expires  Dst                              Opt\n',
  mcfilter: () => 'Idx Device        MCA        SRC    INC    EXC\n',
  mcfilter6: () => 'Idx Device                Multicast Address                   Source Address    INC    EXC\n',
  netlink: () => 'sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n',
  packet: () => 'sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n',
  protocols,
  psched: () => '000003e8 00000040 000f4240 3b9aca00\n',
  ptype: () => `Type Device      Function\n${HANDLERS.map(([type, handler]) => `${type}          ${handler}\n`).join('')}`,
  raw: () => `${INET}\n`,
  raw6: () => INET6,
  udplite: () => `${` ${INET}`.padEnd(127)}\n`,
  udplite6: () => INET6,
}
