/** Interfaces as ifconfig and `netstat -i` show them (net-tools lib/interface.c). */
import type { LinkView } from '../../kernel/net/rtnetlink'
import type { Sys } from '../../kernel/sys'

/** Bits of netdevice(7) that are shown by name, in that order. */
const FLAGS = [['UP', 1], ['BROADCAST', 2], ['DEBUG', 4], ['LOOPBACK', 8], ['POINTOPOINT', 16], ['NOTRAILERS', 32], ['RUNNING', 64], ['NOARP', 128], ['PROMISC', 256], ['ALLMULTI', 512], ['MULTICAST', 4096]] as const
/** Their letters in a table. */
const LETTERS = [['ALLMULTI', 'A'], ['BROADCAST', 'B'], ['DEBUG', 'D'], ['LOOPBACK', 'L'], ['PROMISC', 'P'], ['NOTRAILERS', 'N'], ['NOARP', 'O'], ['POINTOPOINT', 'P'], ['MULTICAST', 'M'], ['RUNNING', 'R'], ['UP', 'U']] as const

const flagsOf = (link: LinkView): ReadonlySet<string> => new Set([...link.flags, ...(link.up && (link.flags.includes('LOWER_UP') || link.state === 'UP') ? ['RUNNING'] : [])])

const size = (bytes: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024
  return `${value.toFixed(1)} ${units[unit]}`
}

const netmask = (length: number): string => [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.min(8, Math.max(0, length - at)))).join('.')

/** All, by name and by the number at its end. */
export const interfacesOf = (sys: Sys): LinkView[] => sys.net.links().sort((a, b) => byName(a.name, b.name))

function byName(a: string, b: string): number {
  const [, stemA = '', digitsA = ''] = /^(.*?)(\d*)$/.exec(a) ?? []
  const [, stemB = '', digitsB = ''] = /^(.*?)(\d*)$/.exec(b) ?? []
  if (stemA === stemB) return Number(digitsA) - Number(digitsB)
  return a < b ? -1 : 1
}

export function details(link: LinkView): string {
  const flags = flagsOf(link)
  const shown = FLAGS.filter(([name]) => flags.has(name))
  const lines = [`${link.name}: flags=${shown.reduce((sum, [, bit]) => sum + bit, 0)}<${shown.map(([name]) => name).join(',')}>  mtu ${link.mtu}`]
  const own = link.addresses.find((a) => a.family === 'inet')
  if (own) lines.push(`        inet ${own.local}  netmask ${netmask(own.length)}${flags.has('BROADCAST') ? `  broadcast ${own.broadcast ?? '0.0.0.0'}` : ''}`)
  for (const a of link.addresses) if (a.family === 'inet6') lines.push(`        inet6 ${a.local}  prefixlen ${a.length}  scopeid ${a.scope === 'host' ? '0x10<host>' : a.scope === 'link' ? '0x20<link>' : '0x0<global>'}`)
  lines.push(flags.has('LOOPBACK') ? `        loop  txqueuelen ${link.txqlen}  (Local Loopback)` : `        ether ${link.mac}  txqueuelen ${link.txqlen}  (Ethernet)`)
  const { received: rx, sent: tx } = link
  lines.push(`        RX packets ${rx.packets}  bytes ${rx.bytes} (${size(rx.bytes)})`, `        RX errors 0  dropped ${rx.dropped}  overruns 0  frame 0`)
  lines.push(`        TX packets ${tx.packets}  bytes ${tx.bytes} (${size(tx.bytes)})`, `        TX errors 0  dropped ${tx.dropped} overruns 0  carrier 0  collisions 0`)
  return `${lines.join('\n')}\n\n`
}

export function row(link: LinkView): string {
  const flags = flagsOf(link)
  const letters = LETTERS.filter(([name]) => flags.has(name)).map(([, letter]) => letter).join('') || '[NO FLAGS]'
  const counts = ({ packets, dropped }: LinkView['sent']): string => `${String(packets).padStart(8)} ${'0'.padStart(6)} ${String(dropped).padStart(6)}`
  return `${link.name.slice(0, 15).padEnd(15)} ${String(link.mtu).padStart(5)} ${counts(link.received)} ${'0'.padEnd(6)} ${counts(link.sent)} ${'0'.padStart(6)} ${letters}\n`
}

export const HEADER_REST = '    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n'
