/** `ip link` and `ip address show` (ip/ipaddress.c): what of a link is printed, how, and which links are meant. */
import { type Family, contains, parsePrefix } from '../../../kernel/net/address'
import type { AddressView, LinkView } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import type { Json } from '../json'
import { type Ip, type Words, matching } from './context'
import { detailJson, detailText } from './details'

const FOREVER = 4294967295

interface Filter {
  device?: string
  up?: true
  master?: string | null
  type?: string
  scope?: string
  to?: string
  label?: string
}

/** `eth0@if7`, `v0@v1`, `lo`. */
export const fullName = (link: LinkView): string => (link.lower ? `${link.name}@${link.lower.name ?? `if${link.lower.index}`}` : link.name)

/** M-DOWN tells that the device below, in this namespace, is down. */
export const flagsOf = (link: LinkView): string[] => [...link.flags, ...(link.lower?.name !== undefined && !link.lower.up ? ['M-DOWN'] : [])]

export function* show(ip: Ip, words: Words, mode: 'addr' | 'link'): Run<number> {
  const filter = readFilter(ip, words, mode)
  const { options } = ip
  const all = ip.links
  if (filter.device !== undefined && !all.some((link) => link.name === filter.device)) return ip.die(1, `Device "${filter.device}" does not exist.`)
  const family: Family | undefined = options.family === 'inet' || options.family === 'inet6' ? options.family : filter.to === undefined ? undefined : parsePrefix(filter.to)?.family
  const names = yield* ip.namesById()
  const chosen = all.filter((link) => wanted(link, filter))
  const json: Json[] = []
  for (const link of chosen) {
    const addresses = mode === 'link' ? [] : link.addresses.filter((address) => shown(address, filter, family))
    if (mode === 'addr' && addresses.length === 0 && (family || filter.scope === 'none' || filter.to || filter.label)) continue
    if (options.json) json.push(asJson(ip, link, addresses, mode, all, family))
    else if (options.brief) ip.io.out(brief(ip, link, addresses, mode))
    else if (options.oneline && mode === 'addr') for (const address of addresses) ip.io.out(addressText(ip, link, address))
    else ip.io.out(full(ip, link, addresses, mode, all, names, family))
  }
  if (options.json) ip.json(json)
  return 0
}

function readFilter(ip: Ip, words: Words, mode: 'addr' | 'link'): Filter {
  const filter: Filter = {}
  const keywords = ['up', 'to', 'scope', 'label', 'group', 'master', 'nomaster', 'vrf', 'type', 'dev', 'dynamic', 'permanent', 'primary', 'secondary', 'tentative'] as const
  while (words.more) {
    const word = words.next()
    const keyword = keywords.find((each) => each === word)
    if (keyword === 'up') filter.up = true
    else if (keyword === 'nomaster') filter.master = null
    else if (keyword === 'type') filter.type = words.next()
    else if (keyword === 'scope' && mode === 'addr') filter.scope = words.next()
    else if (keyword === 'to' && mode === 'addr') filter.to = words.next()
    else if (keyword === 'label' && mode === 'addr') filter.label = words.next()
    else if (keyword === 'group') {
      if (words.next() !== 'default') filter.type = 'none'
    } else if (keyword === 'master') {
      filter.master = words.next()
      if (!ip.links.some((link) => link.name === filter.master)) ip.invalid(filter.master, 'Device does not exist\n')
    } else if (keyword && keyword !== 'dev') ip.notSimulated()
    else {
      if (word === 'help') ip.notSimulated()
      const name = keyword === 'dev' ? words.next() : word
      if (filter.device !== undefined) ip.garbage(name)
      filter.device = name
    }
  }
  return filter
}

const KINDS: { readonly [kind: string]: string } = { veth: 'veth', bridge: 'bridge', dummy: 'dummy' }

function wanted(link: LinkView, filter: Filter): boolean {
  if (filter.device !== undefined && link.name !== filter.device) return false
  if (filter.up && !link.up) return false
  if (filter.master === null && link.master !== undefined) return false
  if (typeof filter.master === 'string' && link.master !== filter.master) return false
  if (filter.type === 'bridge_slave') return link.port !== undefined
  return filter.type === undefined || KINDS[link.kind] === filter.type
}

function shown(address: AddressView, filter: Filter, family: Family | undefined): boolean {
  if (family && address.family !== family) return false
  if (filter.scope !== undefined && address.scope !== filter.scope) return false
  if (filter.label !== undefined && address.label !== filter.label) return false
  const prefix = filter.to === undefined ? undefined : parsePrefix(filter.to)
  return !prefix || contains(prefix, address.local)
}

function operstate(ip: Ip, state: string, text: string): string {
  return state === 'UP' ? ip.paint('up', text) : state === 'DOWN' ? ip.paint('down', text) : text
}

function brief(ip: Ip, link: LinkView, addresses: readonly AddressView[], mode: 'addr' | 'link'): string {
  const head = `${ip.paint('ifname', `${fullName(link).padEnd(16)} `)}${operstate(ip, link.state, `${link.state.padEnd(14)} `)}`
  if (mode === 'link') return `${head}${ip.paint('mac', link.mac)} <${flagsOf(link).join(',')}> \n`
  return `${head}${addresses.map((address) => `${local(ip, address)} `).join('')}\n`
}

const local = (ip: Ip, a: AddressView): string =>
  a.peer === undefined ? `${ip.address(a.local, a.family)}/${a.length}` : `${ip.address(a.local, a.family)} peer ${ip.address(a.peer, a.family)}/${a.length}`

function addressText(ip: Ip, link: LinkView, a: AddressView): string {
  const newline = ip.options.oneline ? '\\' : '\n'
  const head = ip.options.oneline ? `${link.index}: ${link.name}` : ''
  const broadcast = a.broadcast === undefined ? '' : `brd ${ip.address(a.broadcast, a.family)} `
  const tentative = a.tentative ? 'tentative ' : ''
  return `${head}    ${a.family} ${local(ip, a)} ${broadcast}scope ${a.scope} ${tentative}${a.label ?? ''}${newline}       valid_lft forever preferred_lft forever\n`
}

function full(
  ip: Ip, link: LinkView, addresses: readonly AddressView[], mode: 'addr' | 'link', all: readonly LinkView[], names: ReadonlyMap<number, string>, family: Family | undefined,
): string {
  const { options } = ip
  const newline = options.oneline ? '\\' : '\n'
  const bridgeMac = all.find((each) => each.name === link.master)?.mac ?? link.mac
  let text = `${link.index}: ${ip.paint('ifname', `${fullName(link)}: `)}<${flagsOf(link).join(',')}> mtu ${link.mtu} qdisc ${link.qdisc} `
  if (link.master) text += `master ${link.master} `
  text += `state ${operstate(ip, link.state, `${link.state} `)}`
  if (mode === 'link') text += 'mode DEFAULT '
  text += 'group default '
  if (link.txqlen > 0) text += `qlen ${link.txqlen}`
  if (!family || options.details) {
    const type = link.kind === 'loopback' ? 'loopback' : 'ether'
    text += `${newline}    link/${type} ${ip.paint('mac', link.mac)} brd ${ip.paint('mac', link.broadcast)}`
  }
  if (link.netnsId !== undefined) {
    const name = names.get(link.netnsId)
    text += name === undefined ? ` link-netnsid ${link.netnsId}` : ` link-netns ${name}`
  }
  if (options.details) text += detailText(link, bridgeMac, newline, mode)
  if (link.alias) text += `${newline}    alias ${link.alias}`
  if (mode === 'link' && options.statistics > 0) text += `${newline}${statistics(link, options.statistics, newline)}`
  text += '\n'
  for (const address of addresses) text += addressText(ip, link, address)
  if (mode === 'addr' && options.statistics > 0) text += `${statistics(link, options.statistics, newline)}\n`
  return text
}

type Table = readonly (readonly [name: string, value: number])[]

/** Columns are as wide as their widest figure; the first takes the row's name in. */
function statistics(link: LinkView, level: number, newline: string): string {
  const { received: r, sent: t } = link
  const rx: Table = [['bytes', r.bytes], ['packets', r.packets], ['errors', r.errors], ['dropped', r.dropped], ['missed', 0], ['mcast', r.multicast]]
  const tx: Table = [['bytes', t.bytes], ['packets', t.packets], ['errors', t.errors], ['dropped', t.dropped], ['carrier', 0], ['collsns', 0]]
  const rxErrors: Table = [['length', 0], ['crc', 0], ['frame', 0], ['fifo', 0], ['overrun', 0]]
  const txErrors: Table = [['aborted', 0], ['fifo', 0], ['window', 0], ['heartbt', 0], ['transns', 0]]
  const least = [10, 7, 6, 7, 7, 7]
  const width = least.map((w, i) => Math.max(w, String(rx[i]?.[1] ?? '').length, String(tx[i]?.[1] ?? '').length))
  const block = (label: string, table: Table, blanks: string) => {
    const head = table.map(([name], i) => name.padStart(i === 0 ? (width[0] ?? 0) - label.length - 1 : (width[i] ?? 0))).join(' ')
    const row = table.map(([, value], i) => String(value).padStart(width[i] ?? 0)).join(' ')
    return `    ${label} ${head}${blanks}${newline}    ${row}${blanks === '' ? '' : ' '}`
  }
  const parts = [block('RX:', rx, ' '.repeat(11))]
  if (level > 1) parts.push(block('RX errors:', [['', 0], ...rxErrors].slice(1) as Table, ''))
  parts.push(block('TX:', tx, ' '.repeat(11)))
  if (level > 1) parts.push(block('TX errors:', txErrors, ''))
  return parts.join(newline)
}

const counters = (link: LinkView): Json => ({
  rx: { bytes: link.received.bytes, packets: link.received.packets, errors: link.received.errors, dropped: link.received.dropped, over_errors: 0, multicast: link.received.multicast },
  tx: { bytes: link.sent.bytes, packets: link.sent.packets, errors: link.sent.errors, dropped: link.sent.dropped, carrier_errors: 0, collisions: 0 },
})

function asJson(ip: Ip, link: LinkView, addresses: readonly AddressView[], mode: 'addr' | 'link', all: readonly LinkView[], family: Family | undefined): Json {
  const { options } = ip
  const lower = link.lower && (link.lower.name === undefined ? { link_index: link.lower.index } : { link: link.lower.name })
  if (options.brief) {
    const head = { ...(lower ?? {}), ifname: link.name, operstate: link.state }
    if (mode === 'link') return { ...head, address: link.mac, flags: flagsOf(link) }
    return { ...head, addr_info: addresses.map((a) => ({ local: a.local, prefixlen: a.length })) }
  }
  const bridgeMac = all.find((each) => each.name === link.master)?.mac ?? link.mac
  return {
    ifindex: link.index, ...(lower ?? {}), ifname: link.name, flags: flagsOf(link), mtu: link.mtu, qdisc: link.qdisc, master: link.master, operstate: link.state,
    linkmode: mode === 'link' ? 'DEFAULT' : undefined, group: 'default', txqlen: link.txqlen > 0 ? link.txqlen : undefined,
    ...(family && !options.details ? {} : { link_type: link.kind === 'loopback' ? 'loopback' : 'ether', address: link.mac, broadcast: link.broadcast }),
    link_netnsid: link.netnsId, ...(options.details ? detailJson(link, bridgeMac, mode) : {}), ifalias: link.alias || undefined,
    stats64: options.statistics > 0 && mode === 'link' ? counters(link) : undefined,
    addr_info:
      mode === 'link'
        ? undefined
        : addresses.map((a) => ({
            family: a.family, local: a.local, prefixlen: a.length, broadcast: a.broadcast, scope: a.scope, tentative: a.tentative ? true : undefined, label: a.label,
            valid_life_time: FOREVER, preferred_life_time: FOREVER,
          })),
    ...(options.statistics > 0 && mode === 'addr' ? { stats64: counters(link) } : {}),
  }
}

export const SHOW = ['show', 'lst', 'list'] as const
export const isShow = (word: string): boolean => matching(word, SHOW) !== undefined
