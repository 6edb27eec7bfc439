/** arp(8) of net-tools 2.10: shows the neighbours. Changing them is not simulated: `ip neigh` does. */
import type { NeighbourView } from '../../../kernel/net/rtnetlink'
import { optionsOf } from '../../options/call'
import { declare } from '../../options/declare'
import { program } from '../../program'
import { addressOf, namesFor } from '../names'
import { FAMILIES, HARDWARE, RELEASE, usage, wrongCall } from '../version'

const USAGE = `Usage:
  arp [-vn]  [<HW>] [-i <if>] [-a] [<hostname>]             <-Display ARP cache
  arp [-v]          [-i <if>] -d  <host> [pub]               <-Delete ARP entry
  arp [-vnD] [<HW>] [-i <if>] -f  [<filename>]            <-Add entry from file
  arp [-v]   [<HW>] [-i <if>] -s  <host> <hwaddr> [temp]            <-Add entry
  arp [-v]   [<HW>] [-i <if>] -Ds <host> <if> [netmask <nm>] pub          <-''-

        -a                       display (all) hosts in alternative (BSD) style
        -e                       display (all) hosts in default (Linux) style
        -s, --set                set a new ARP entry
        -d, --delete             delete a specified entry
        -v, --verbose            be verbose
        -n, --numeric            don't resolve names
        -i, --device             specify network interface (e.g. eth0)
        -D, --use-device         read <hwaddr> from given device
        -A, -p, --protocol       specify protocol family
        -f, --file               read new entries from file or from /etc/ethers

  <HW>=Use '-H <hw>' to specify hardware address type. Default: ether
  List of possible hardware types (which support ARP):
`
const TYPES = `    ash (Ash) ether (Ethernet) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) arcnet (ARCnet) 
    dlci (Frame Relay DLCI) fddi (Fiber Distributed Data Interface) hippi (HIPPI) 
    irda (IrLAP) x25 (generic X.25) eui64 (Generic EUI-64) 
`
const DECLARED = declare(['  -A, --protocol FAMILY\n  -p FAMILY\n  -H, -t, --hw-type TYPE\n  -a\n  -e\n  -s, --set\n  -d, --delete\n  -v, --verbose\n  -n, --numeric\n  -i, --device IF\n  -D, --use-device\n  -f, --file\n  -V, --version\n  -h, --help\n'])
const HEADER = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n'

export default program({
  paths: ['/usr/sbin/arp'],
  summary: 'show the ARP cache',
  *run(io) {
    const options = optionsOf(io, DECLARED, wrongCall(io, [[USAGE, TYPES]], 3))
    if (options.has('version')) {
      io.out(`${RELEASE}+I18N +SELINUX\n${FAMILIES}HW: (ether) ${HARDWARE}`)
      return 0
    }
    if (options.has('help')) return usage(io, [[USAGE, TYPES]], 0)
    if (options.has('set', 'delete', 'file', 'use-device', 'protocol', 'p', 'hw-type')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const names = yield* namesFor(io.sys, { hosts: options.has('numeric'), ports: true })
    const [asked] = options.operands
    let address = asked
    if (asked !== undefined && !/^\d+(?:\.\d+){3}$/.test(asked)) {
      address = yield* addressOf(io.sys, asked)
      if (address === undefined) {
        io.err(`${asked}: Unknown host\n`)
        return 255
      }
    }
    const device = options.value('device')
    const entries = io.sys.net.neighbours().filter((n) => !n.address.includes(':') && n.mac !== undefined)
    const found = entries.filter((n) => (address === undefined || n.address === address) && (device === undefined || n.device === device))
    const bsd = options.has('a')
    if (found.length > 0 && !bsd) io.out(HEADER)
    for (const n of found) io.out(bsd ? bsdLine(n, names.host(n.address)) : line(n, names.host(n.address)))
    if (options.has('verbose')) io.out(`Entries: ${entries.length}\tSkipped: ${entries.length - found.length}\tFound: ${found.length}\n`)
    if (found.length > 0) return 0
    if (address !== undefined && !bsd) io.out(`${asked} (${address}) -- no entry\n`)
    else if (address !== undefined || device !== undefined) io.out(`arp: in ${entries.length} entries no match found.\n`)
    return 0
  },
})

const line = ({ mac = '', state, device }: NeighbourView, name: string): string =>
  `${name.slice(0, 23).padEnd(23)}  ${'ether'.padEnd(7)} ${mac.padEnd(19)} ${(state === 'PERMANENT' ? 'CM' : 'C').padEnd(5)} ${''.padEnd(15)} ${device}\n`

const bsdLine = ({ address, mac, state, device }: NeighbourView, name: string): string =>
  `${name === address ? '?' : name} (${address}) at ${mac} [ether]${state === 'PERMANENT' ? ' PERM' : ''} on ${device}\n`
