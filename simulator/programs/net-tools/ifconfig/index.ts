/** ifconfig(8) of net-tools 2.10: shows interfaces, sets them up and down and sets their MTU. Addresses are not set: `ip addr` does. */
import { Errno } from '../../../kernel/errno'
import type { LinkChange } from '../../../kernel/net/rtnetlink'
import { type Io, program } from '../../program'
import { details, HEADER_REST, interfacesOf, row } from '../interfaces'
import { RELEASE, usage } from '../version'

const USAGE = [
  [`Usage:
  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]
  [add <address>[/<prefixlen>]]
  [del <address>[/<prefixlen>]]
  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]
  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]
  [outfill <NN>] [keepalive <NN>]
  [hw <HW> <address>]  [mtu <NN>]
  [[-]trailers]  [[-]arp]  [[-]allmulti]
  [multicast]  [[-]promisc]
  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]
  [txqueuelen <NN>]
  [name <newname>]
  [[-]dynamic]
  [up|down] ...

  <HW>=Hardware Type.
  List of possible hardware types:
`, `    loop (Local Loopback) slip (Serial Line IP) cslip (VJ Serial Line IP) 
    slip6 (6-bit Serial Line IP) cslip6 (VJ 6-bit Serial Line IP) adaptive (Adaptive Serial Line IP) 
    ash (Ash) ether (Ethernet) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) tunnel (IPIP Tunnel) 
    ppp (Point-to-Point Protocol) hdlc ((Cisco)-HDLC) lapb (LAPB) 
    arcnet (ARCnet) dlci (Frame Relay DLCI) frad (Frame Relay Access Device) 
    sit (IPv6-in-IPv4) fddi (Fiber Distributed Data Interface) hippi (HIPPI) 
    irda (IrLAP) ec (Econet) x25 (generic X.25) 
    eui64 (Generic EUI-64) 
`],
  [`  <AF>=Address family. Default: inet
  List of possible address families:
`, `    unix (UNIX Domain) inet (DARPA Internet) inet6 (IPv6) 
    ax25 (AMPR AX.25) netrom (AMPR NET/ROM) rose (AMPR ROSE) 
    ipx (Novell IPX) ddp (Appletalk DDP) ec (Econet) 
    ash (Ash) x25 (CCITT X.25) 
`],
] as const

export default program({
  paths: ['/usr/sbin/ifconfig'],
  summary: 'show network interfaces',
  *run(io) {
    yield* []
    let all = false
    let table = false
    const words = [...io.args]
    while (words[0]?.startsWith('-')) {
      const option = words.shift()
      switch (option) {
        case '-a': all = true; break
        case '-s': table = true; break
        case '-v': break
        case '-V': case '-version': case '--version':
          io.out(RELEASE)
          return 0
        case '-?': case '-h': case '-help': case '--help':
          return usage(io, USAGE, 0)
        default:
          io.err(`ifconfig: option \`${option}' not recognised.\nifconfig: \`--help' gives usage information.\n`)
          return 1
      }
    }
    const [name, ...changes] = words
    if (name !== undefined && changes.length > 0) return change(io, name, changes)
    const found = interfacesOf(io.sys).filter((link) => (name === undefined ? all || link.up : link.name === name))
    if (name !== undefined && found.length === 0) {
      io.err(`${name}: error fetching interface information: Device not found\n`)
      return 1
    }
    if (table) io.out(`Iface      MTU${HEADER_REST}`)
    for (const link of found) io.out(table ? row(link) : details(link))
    return 0
  },
})

function change(io: Io, name: string, words: readonly string[]): number {
  const set = (what: LinkChange, message: string): boolean => {
    try {
      io.sys.net.setLink(name, what)
      return true
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      io.err(`${message}: ${error.code === 'EPERM' ? 'Operation not permitted' : 'No such device'}\n`)
      return false
    }
  }
  const there = io.sys.net.links().some((link) => link.name === name)
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === 'up' || word === 'down') {
      if (!there || !set({ up: word === 'up' }, `SIOCSIFFLAGS`)) {
        if (!there) io.err(`${name}: ERROR while getting interface flags: No such device\n`)
        return 255
      }
    } else if (word === 'mtu' && /^\d+$/.test(words[i + 1] ?? '')) {
      if (!set({ mtu: Number(words[++i]) }, 'SIOCSIFMTU')) return 1
    } else {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
  }
  return 0
}
