/** `ip address` (ip-address(8), ip/ipaddress.c). Errors recorded with iproute2 6.1. */
import { parseAddress, parsePrefix } from '../../../kernel/net/address'
import type { Scope } from '../../../kernel/net/device'
import type { Run } from '../../../kernel/run'
import { type Ip, Words, matching } from './context'
import { SHOW, show } from './show'

const COMMANDS = ['add', 'change', 'replace', 'delete', ...SHOW, 'flush', 'save', 'showdump', 'restore', 'help'] as const

export function* address(ip: Ip, args: readonly string[]): Run<number> {
  const [word, ...rest] = args
  if (word === undefined) return yield* show(ip, new Words(ip, []), 'addr')
  const command = matching(word, COMMANDS)
  const words = new Words(ip, rest)
  switch (command) {
    case 'add':
    case 'replace':
    case 'change':
      return add(ip, words, command)
    case 'delete':
      return remove(ip, words)
    case 'flush':
      return flush(ip, words)
    case 'show':
    case 'lst':
    case 'list':
      return yield* show(ip, words, 'addr')
    case undefined:
      return ip.unknownCommand(word, 'address')
    default:
      return ip.notSimulated()
  }
}

interface Parsed {
  local: string
  length: number
  given: string
  device: string | undefined
  broadcast?: string
  label?: string
  scope?: Scope
  peer?: string
}

function parse(ip: Ip, words: Words): Parsed | undefined {
  let prefix: string | undefined
  const parsed: Parsed = { local: '', length: 0, given: '', device: undefined }
  while (words.more) {
    const word = words.next()
    if (word === 'dev') parsed.device = words.next()
    else if (word === 'brd' || word === 'broadcast') parsed.broadcast = words.next()
    else if (word === 'label') parsed.label = words.next()
    else if (word === 'scope') {
      const scope = words.next()
      if (scope !== 'global' && scope !== 'link' && scope !== 'host' && scope !== 'site') return ip.invalid(scope, 'invalid scope value.')
      parsed.scope = scope
    } else if (word === 'peer') parsed.peer = words.next()
    else if (['nodad', 'noprefixroute', 'home', 'valid_lft', 'preferred_lft', 'metric', 'proto'].includes(word)) return ip.notSimulated()
    else prefix = word === 'local' ? words.next() : word
  }
  if (prefix !== undefined) {
    const at = parsePrefix(prefix)
    if (!at) return ip.die(1, `Error: any valid prefix is expected rather than "${prefix}".`)
    parsed.local = at.host
    parsed.length = at.length
    parsed.given = prefix
    if (parsed.broadcast === '+' || parsed.broadcast === '-') {
      const value = parseAddress(at.host)?.value ?? 0n
      const host = (1n << BigInt(32 - at.length)) - 1n
      const edge = parsed.broadcast === '+' ? value | host : value & ~host
      parsed.broadcast = [24n, 16n, 8n, 0n].map((shift) => (edge >> shift) & 255n).join('.')
    }
  }
  return parsed
}

function add(ip: Ip, words: Words, how: 'add' | 'replace' | 'change'): number {
  const parsed = parse(ip, words)
  if (!parsed?.device) return ip.die(1, 'Not enough information: "dev" argument is required.')
  const { device } = parsed
  ip.needLink(device)
  if (!parsed.given) return ip.die(2, 'RTNETLINK answers: Invalid argument')
  const family = parsed.local.includes(':') ? 'ipv6' : 'ipv4'
  const exists = ip.needLink(device).addresses.some((a) => a.local === parsed.local && a.length === parsed.length)
  if (exists && how !== 'add') return 0
  const { local, length, broadcast, label, scope, peer } = parsed
  const more = { ...(broadcast ? { broadcast } : {}), ...(label ? { label } : {}), ...(scope ? { scope } : {}), ...(peer ? { peer } : {}) }
  ip.change(() => ip.net.addAddress(device, { local, length, ...more }), { EEXIST: `${family}: ${family === 'ipv4' ? 'Address already assigned' : 'address already assigned'}.` })
  return 0
}

function remove(ip: Ip, words: Words): number {
  const parsed = parse(ip, words)
  if (!parsed?.device) return ip.die(1, 'Not enough information: "dev" argument is required.')
  const link = ip.needLink(parsed.device)
  const { local } = parsed
  const bare = !parsed.given.includes('/') ? link.addresses.find((a) => a.local === local) : undefined
  ip.change(() => ip.net.removeAddress(link.name, { local, length: bare?.length ?? parsed.length }), {
    EADDRNOTAVAIL: local.includes(':') ? 'ipv6: address not found.' : 'ipv4: Address not found.',
  })
  return 0
}

function flush(ip: Ip, words: Words): number {
  if (!words.more) return ip.die(1, 'Flush requires arguments.')
  let device: string | undefined
  let scope: string | undefined
  while (words.more) {
    const word = words.next()
    if (word === 'scope') scope = words.next()
    else device = word === 'dev' ? words.next() : word
  }
  const { family } = ip.options
  const links = device === undefined ? ip.links : ip.links.filter((link) => link.name === device)
  if (device !== undefined && links.length === 0) return ip.die(1, `Device "${device}" does not exist.`)
  for (const link of links) {
    for (const a of link.addresses) {
      if ((scope !== undefined && a.scope !== scope) || (family && family !== 'link' && a.family !== family)) continue
      ip.change(() => ip.net.removeAddress(link.name, a))
    }
  }
  return 0
}
