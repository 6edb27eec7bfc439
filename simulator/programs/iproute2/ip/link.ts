/** `ip link` (ip-link(8), ip/iplink.c). Errors recorded with iproute2 6.1. */
import { isMac } from '../../../kernel/net/address'
import type { LinkChange, LinkSpec, NetnsReference } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import { type Ip, Words, matching, openNetns } from './context'
import { SHOW, show } from './show'

const COMMANDS = ['add', 'new', 'set', 'change', 'replace', 'delete', ...SHOW, 'xstats', 'afstats', 'property', 'help'] as const
const LEGAL_NAME = /^[^\s/:]{1,255}$/

export function* link(ip: Ip, args: readonly string[]): Run<number> {
  const [word, ...rest] = args
  if (word === undefined) return yield* show(ip, new Words(ip, []), 'link')
  const command = matching(word, COMMANDS)
  const words = new Words(ip, rest)
  switch (command) {
    case 'add':
    case 'new':
      return yield* add(ip, words)
    case 'set':
    case 'change':
      return yield* set(ip, words)
    case 'delete':
      return remove(ip, words)
    case 'show':
    case 'lst':
    case 'list':
      return yield* show(ip, words, 'link')
    case undefined:
      return ip.unknownCommand(word, 'link')
    default:
      return ip.notSimulated()
  }
}

function* netns(ip: Ip, word: string): Run<{ reference: NetnsReference; close: () => void }> {
  const fd = yield* openNetns(ip.io, word)
  if (fd !== undefined) return { reference: { fd }, close: () => ip.io.sys.close(fd) }
  if (/^\d+$/.test(word)) return { reference: { pid: Number(word) }, close: () => {} }
  return ip.invalid(word, 'Invalid "netns" value\n')
}

const integer = (ip: Ip, word: string, what: string): number => (/^\d+$/.test(word) ? Number(word) : ip.invalid(word, `Invalid "${what}" value\n`))

function mac(ip: Ip, word: string): string {
  return isMac(word) ? word.toLowerCase() : ip.die(1, `"${word}" is invalid lladdr.`)
}

interface End {
  name?: string
  mac?: string
  mtu?: number
  txqlen?: number
  netns?: NetnsReference
}

function* add(ip: Ip, words: Words): Run<number> {
  const own: End = {}
  const peer: End = {}
  let at = own
  let kind: string | undefined
  const closers: (() => void)[] = []
  while (words.more) {
    const word = words.next()
    if (word === 'type') kind = words.next()
    else if (word === 'peer' && kind === 'veth') at = peer
    else if (word === 'name') at.name = words.next()
    else if (word === 'address') at.mac = mac(ip, words.next())
    else if (word === 'mtu') at.mtu = integer(ip, words.next(), 'mtu')
    else if (word === 'txqueuelen' || word === 'txqlen' || word === 'qlen') at.txqlen = integer(ip, words.next(), 'txqueuelen')
    else if (word === 'netns') {
      const target = yield* netns(ip, words.next())
      at.netns = target.reference
      closers.push(target.close)
    } else if (word === 'dev') at.name = words.next()
    else if (at.name === undefined) at.name = word
    else if (kind !== undefined && at === own) return ip.notSimulated()
    else return ip.garbage(word)
  }
  if (kind === undefined) return ip.die(1, 'Not enough information: "type" argument is required')
  if (own.name !== undefined && own.name.length > 15) return ip.die(2, 'Error: Attribute failed policy validation.')
  if (kind !== 'veth' && kind !== 'bridge' && kind !== 'dummy') return ip.die(2, 'Error: Unknown device type.')
  const spec: LinkSpec = { kind, ...own, peer }
  ip.change(() => ip.net.addLink(spec))
  if (own.netns && own.name) ip.change(() => ip.net.setLink(own.name ?? '', { netns: own.netns ?? { pid: 0 } }))
  for (const close of closers) close()
  return 0
}

function* set(ip: Ip, words: Words): Run<number> {
  let name: string | undefined
  const change: { -readonly [K in keyof LinkChange]: LinkChange[K] } = {}
  let close = () => {}
  while (words.more) {
    const word = words.next()
    if (word === 'up') change.up = true
    else if (word === 'down') change.up = false
    else if (word === 'name') {
      change.name = words.next()
      if (!LEGAL_NAME.test(change.name)) return ip.invalid(change.name, '"name" not a valid ifname')
    } else if (word === 'mtu') change.mtu = integer(ip, words.next(), 'mtu')
    else if (word === 'txqueuelen' || word === 'txqlen' || word === 'qlen') change.txqlen = integer(ip, words.next(), 'txqueuelen')
    else if (word === 'address') change.mac = mac(ip, words.next())
    else if (word === 'alias') change.alias = words.next()
    else if (word === 'master') {
      change.master = words.next()
      if (!ip.links.some((each) => each.name === change.master)) return ip.invalid(change.master, 'Device does not exist\n')
    } else if (word === 'nomaster') change.master = null
    else if (word === 'netns') {
      const target = yield* netns(ip, words.next())
      change.netns = target.reference
      close = target.close
    } else if (word === 'type') {
      if (words.next() !== 'bridge_slave' || words.peek() !== 'hairpin') return ip.notSimulated()
      words.next()
      change.hairpin = words.next() === 'on'
    } else if (['arp', 'dynamic', 'multicast', 'allmulticast', 'promisc', 'trailers', 'carrier', 'group', 'vf', 'xdp', 'addrgenmode', 'protodown'].includes(word)) return ip.notSimulated()
    else {
      const device = word === 'dev' ? words.next() : word
      if (name !== undefined) return ip.garbage(device)
      name = device
    }
  }
  if (name === undefined) return ip.die(255, 'Not enough information: "dev" argument is required.')
  const target = ip.needLink(name)
  if (target.kind === 'bridge' && change.master) return ip.die(2, 'Error: Can not enslave a bridge to a bridge.')
  ip.change(() => ip.net.setLink(target.name, change))
  close()
  return 0
}

function remove(ip: Ip, words: Words): number {
  let name: string | undefined
  while (words.more) {
    const word = words.next()
    if (word === 'type') words.next()
    else name = word === 'dev' ? words.next() : word
  }
  if (name === undefined) return ip.die(255, 'Not enough information: "dev" argument is required.')
  const device = ip.needLink(name).name
  ip.change(() => ip.net.removeLink(device))
  return 0
}
