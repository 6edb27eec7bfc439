/** busybox ifconfig (networking/interface.c): shows devices. */
import { numberOf } from '../../../kernel/net/address'
import type { LinkView } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'

const SCOPES = { global: 'Global', link: 'Link', host: 'Host', site: 'Site', nowhere: 'Unknown' } as const

export default function* ifconfig(io: Io): Run<number> {
  const all = [...io.sys.net.links()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const words = io.args.filter((word) => word !== '-a')
  const [name, ...changes] = words
  if (changes.length > 0) {
    io.err('ifconfig: not simulated in this lab\n')
    return 125
  }
  if (name !== undefined) {
    const link = all.find((each) => each.name === name)
    if (!link) {
      io.err(`ifconfig: ${name}: error fetching interface information: Device not found\n`)
      return 1
    }
    io.out(show(link))
    return 0
  }
  for (const link of all) if (link.up || io.args.includes('-a')) io.out(show(link))
  return 0
}

/** `1.6 KiB`: one decimal, rounded down, as print_bytes_scaled does. */
function scaled(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let whole = bytes
  let tenths = 0
  let unit = 0
  while (whole > 1024 && unit < units.length - 1) {
    tenths = Math.trunc(((whole % 1024) * 10) / 1024)
    whole = Math.trunc(whole / 1024)
    unit++
  }
  return `${whole}.${tenths} ${units[unit]}`
}

function show(link: LinkView): string {
  const { received: r, sent: t } = link
  const pad = ' '.repeat(10)
  const first = link.kind === 'loopback' ? 'Local Loopback  ' : `Ethernet  HWaddr ${link.mac.toUpperCase()}  `
  let text = `${link.name.padEnd(9)} Link encap:${first}\n`
  const four = link.addresses.find((a) => a.family === 'inet')
  if (four) {
    const mask = (0xffffffffn << BigInt(32 - four.length)) & 0xffffffffn
    const dotted = [24n, 16n, 8n, 0n].map((shift) => (mask >> shift) & 255n).join('.')
    const broadcast = link.kind === 'loopback' ? '' : `  Bcast:${four.broadcast ?? '0.0.0.0'}`
    text += `${pad}inet addr:${four.local}${broadcast}  Mask:${dotted}\n`
  }
  for (const a of link.addresses) if (a.family === 'inet6' && numberOf(a.local) > 0n) text += `${pad}inet6 addr: ${a.local}/${a.length} Scope:${SCOPES[a.scope]}\n`
  const running = link.flags.includes('LOWER_UP')
  const flags = ['BROADCAST', 'LOOPBACK'].filter((flag) => link.flags.includes(flag))
  const words = [...(link.up ? ['UP'] : []), ...flags, ...(running ? ['RUNNING'] : []), ...(link.flags.includes('MULTICAST') ? ['MULTICAST'] : [])]
  text += `${pad}${words.join(' ')}  MTU:${link.mtu}  Metric:1\n`
  text += `${pad}RX packets:${r.packets} errors:${r.errors} dropped:${r.dropped} overruns:0 frame:0\n`
  text += `${pad}TX packets:${t.packets} errors:${t.errors} dropped:${t.dropped} overruns:0 carrier:0\n`
  text += `${pad}collisions:0 txqueuelen:${link.txqlen} \n`
  return `${text}${pad}RX bytes:${r.bytes} (${scaled(r.bytes)})  TX bytes:${t.bytes} (${scaled(t.bytes)})\n\n`
}
