/** `ip route` (ip-route(8), ip/iproute.c). Errors recorded with iproute2 6.1. */
import { isErrno } from '../../../kernel/errno'
import { type Family, type Prefix, contains, familyOf, parseAddress, parsePrefix, widthOf } from '../../../kernel/net/address'
import { defaultRoute } from '../../../kernel/net/netlink'
import type { RouteSpec, RouteView } from '../../../kernel/net/rtnetlink'
import type { Run } from '../../../kernel/run'
import type { Json } from '../json'
import { type Ip, Words, matching } from './context'
import { ROUTE_USAGE } from './usage'

const COMMANDS = ['list', 'show', 'lst', 'get', 'add', 'change', 'chg', 'replace', 'prepend', 'append', 'test', 'delete', 'flush', 'save', 'restore', 'showdump', 'help'] as const
const TYPES = ['unicast', 'local', 'broadcast', 'multicast', 'anycast', 'blackhole', 'unreachable', 'prohibit'] as const
const PROTOCOLS = ['kernel', 'boot', 'static', 'ra', 'dhcp'] as const
const SCOPES = ['global', 'site', 'link', 'host', 'nowhere'] as const

const oneOf = <W extends string>(word: string, words: readonly W[]): W | undefined => words.find((each) => each === word)

export function* route(ip: Ip, args: readonly string[]): Run<number> {
  const [word, ...rest] = args
  const command = word === undefined ? 'list' : matching(word, COMMANDS)
  const words = new Words(ip, rest)
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      return list(ip, words)
    case 'flush':
      return flush(ip, words)
    case 'get':
      return get(ip, words)
    case 'add':
    case 'replace':
    case 'append':
      return modify(ip, words, command)
    case 'change':
    case 'chg':
      return modify(ip, words, 'replace')
    case 'delete':
      return modify(ip, words, 'delete')
    case 'help':
      return ip.die(255, ROUTE_USAGE)
    case undefined:
      return ip.unknownCommand(word ?? '', 'route')
    default:
      return ip.notSimulated()
  }
}

const familyOfOptions = (ip: Ip): Family => (ip.options.family === 'inet6' ? 'inet6' : 'inet')

function prefix(ip: Ip, word: string): Prefix {
  if (word === 'default' || word === 'any' || word === 'all') return defaultRoute(familyOfOptions(ip))
  return parsePrefix(word) ?? ip.die(1, `Error: any valid prefix is expected rather than "${word}".`)
}

interface Selector {
  device?: string
  protocol?: string
  scope?: string
  type?: string
  via?: string
  source?: string
  table: string
  root?: Prefix
  match?: Prefix
  exact?: Prefix
}

function selector(ip: Ip, words: Words): Selector {
  const chosen: Selector = { table: 'main' }
  while (words.more) {
    const word = words.next()
    if (word === 'dev' || word === 'oif') chosen.device = ip.needLink(words.next()).name
    else if (word === 'proto' || word === 'protocol') chosen.protocol = words.next()
    else if (word === 'scope') chosen.scope = words.next()
    else if (word === 'type') chosen.type = words.next()
    else if (word === 'via') chosen.via = words.next()
    else if (word === 'src') chosen.source = words.next()
    else if (word === 'table') chosen.table = words.next()
    else if (word === 'root') chosen.root = prefix(ip, words.next())
    else if (word === 'match') chosen.match = prefix(ip, words.next())
    else if (word === 'exact') chosen.exact = prefix(ip, words.next())
    else if (word === 'cache' || word === 'cloned') chosen.table = 'cache'
    else if (oneOf(word, TYPES)) chosen.type = word
    else {
      const text = word === 'to' ? words.next() : word
      chosen.exact = prefix(ip, text)
    }
  }
  return chosen
}

const same = (a: Prefix, b: Prefix): boolean => a.family === b.family && a.address === b.address && a.length === b.length

function matches(route: RouteView, s: Selector): boolean {
  if (s.device !== undefined && route.device !== s.device) return false
  if (s.protocol !== undefined && route.protocol !== s.protocol) return false
  if (s.scope !== undefined && route.scope !== s.scope) return false
  if (s.type !== undefined && route.type !== s.type) return false
  if (s.via !== undefined && route.gateway !== s.via) return false
  if (s.source !== undefined && route.source !== s.source) return false
  if (s.root && !(contains(s.root, route.destination.address) && route.destination.length >= s.root.length)) return false
  if (s.match && !(contains(route.destination, s.match.address) && route.destination.length <= s.match.length)) return false
  return !s.exact || same(s.exact, route.destination)
}

function selected(ip: Ip, s: Selector): RouteView[] {
  const family = s.exact?.family ?? s.root?.family ?? s.match?.family ?? familyOfOptions(ip)
  const local = () => ip.net.localRoutes(family)
  const tables: { readonly [table: string]: () => RouteView[] } = {
    main: () => ip.net.routes(family), '254': () => ip.net.routes(family), local, '255': local, all: () => [...ip.net.routes(family), ...local()], '0': () => [...ip.net.routes(family), ...local()],
  }
  return (tables[s.table]?.() ?? []).filter((route) => matches(route, s))
}

const target = ({ destination: d }: RouteView): string => (d.length === 0 ? 'default' : d.length === widthOf(d.family) ? d.address : `${d.address}/${d.length}`)

function list(ip: Ip, words: Words): number {
  const s = selector(ip, words)
  const routes = selected(ip, s)
  if (ip.options.json) ip.json(routes.map((each) => json(each, s, ip)))
  else for (const each of routes) ip.io.out(text(ip, each, s))
  return 0
}

function text(ip: Ip, route: RouteView, s: Selector): string {
  const { family } = route.destination
  const six = family === 'inet6'
  let line = route.type !== 'unicast' || ip.options.details ? `${route.type} ` : ''
  line += ip.options.color && route.destination.length > 0 ? ip.address(`${target(route)} `, family) : `${target(route)} `
  if (route.gateway) line += `via ${ip.address(`${route.gateway} `, family)}`
  const nowhere = route.type === 'blackhole' || route.type === 'unreachable' || route.type === 'prohibit'
  if (s.device === undefined && !nowhere) line += `dev ${ip.paint('ifname', `${route.device} `)}`
  if (s.table === 'all' && (route.type === 'local' || route.type === 'broadcast')) line += 'table local '
  if ((route.protocol !== 'boot' || ip.options.details) && s.protocol === undefined) line += `proto ${route.protocol} `
  if ((route.scope !== 'global' || ip.options.details) && s.scope === undefined && !six && !nowhere) line += `scope ${route.scope} `
  if (route.source && s.source === undefined) line += `src ${ip.address(`${route.source} `, family)}`
  if (route.metric > 0 || six) line += `metric ${route.metric} `
  if (route.onlink) line += 'onlink '
  if (route.linkdown && !nowhere) line += 'linkdown '
  if (six) line += 'pref medium'
  return `${line}\n`
}

function json(route: RouteView, s: Selector, ip: Ip): Json {
  const six = route.destination.family === 'inet6'
  const nowhere = route.type === 'blackhole' || route.type === 'unreachable' || route.type === 'prohibit'
  return {
    type: route.type !== 'unicast' || ip.options.details ? route.type : undefined, dst: target(route), gateway: route.gateway,
    dev: s.device === undefined && !nowhere ? route.device : undefined,
    protocol: (route.protocol !== 'boot' || ip.options.details) && s.protocol === undefined ? route.protocol : undefined,
    scope: (route.scope !== 'global' || ip.options.details) && s.scope === undefined && !six && !nowhere ? route.scope : undefined,
    prefsrc: s.source === undefined ? route.source : undefined, metric: route.metric > 0 || six ? route.metric : undefined,
    flags: [...(route.onlink ? ['onlink'] : []), ...(route.linkdown && !nowhere ? ['linkdown'] : [])], pref: six ? 'medium' : undefined,
  }
}

function get(ip: Ip, words: Words): number {
  let address: string | undefined
  while (words.more) {
    const word = words.next()
    if (['from', 'iif', 'oif', 'dev', 'mark', 'tos', 'uid', 'vrf', 'fibmatch'].includes(word)) return ip.notSimulated()
    address = word === 'to' ? words.next() : word
  }
  if (address === undefined) return ip.die(1, 'need at least a destination address')
  const parsed = parsePrefix(address)
  if (!parsed) return ip.die(1, `Error: any valid prefix is expected rather than "${address}".`)
  try {
    const route = ip.net.routeTo(parsed.host)
    const uid = ip.io.sys.credentials.uid
    if (ip.options.json) {
      const head = { type: route.local ? 'local' : undefined, dst: parsed.host, gateway: route.gateway, dev: route.device, prefsrc: route.source }
      ip.json([{ ...head, flags: [], uid, cache: route.local ? ['local'] : [] }])
      return 0
    }
    const { family } = parsed
    const via = route.gateway ? `via ${ip.address(`${route.gateway} `, family)}` : ''
    const source = route.source ? `src ${ip.address(`${route.source} `, family)}` : ''
    const head = `${route.local ? 'local ' : ''}${ip.address(`${parsed.host} `, family)}${via}dev ${ip.paint('ifname', `${route.device} `)}`
    if (family === 'inet6') ip.io.out(`${head}proto ${route.protocol} ${source}metric ${route.metric} pref medium\n`)
    else ip.io.out(`${head}${source}uid ${uid} \n    cache ${route.local ? '<local> ' : ''}\n`)
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    return ip.die(2, `RTNETLINK answers: ${error.message}`)
  }
}

function modify(ip: Ip, words: Words, how: 'add' | 'replace' | 'append' | 'delete'): number {
  if (!words.more) return ip.die(255, ROUTE_USAGE)
  const spec: { -readonly [K in keyof RouteSpec]?: RouteSpec[K] } = {}
  while (words.more) {
    const word = words.next()
    const type = oneOf(word, TYPES)
    if (type) spec.type = type
    else if (word === 'via') {
      const gateway = words.next()
      if (!parseAddress(gateway)) return ip.die(1, `Error: inet address is expected rather than "${gateway}".`)
      spec.gateway = gateway
    } else if (word === 'dev' || word === 'oif') spec.device = ip.needLink(words.next()).name
    else if (word === 'src') spec.source = words.next()
    else if (word === 'metric' || word === 'priority' || word === 'preference') spec.metric = Number(words.next())
    else if (word === 'onlink') spec.onlink = true
    else if (word === 'proto' || word === 'protocol') {
      const protocol = words.next()
      spec.protocol = oneOf(protocol, PROTOCOLS) ?? ip.invalid(protocol, '"protocol" value is invalid\n')
    } else if (word === 'scope') {
      const scope = words.next()
      spec.scope = oneOf(scope, SCOPES) ?? ip.invalid(scope, 'invalid "scope" value\n')
    } else if (word === 'table') {
      if (!['main', '254'].includes(words.next())) return ip.notSimulated()
    } else if (['nexthop', 'encap', 'mtu', 'advmss', 'tos', 'nhid'].includes(word)) return ip.notSimulated()
    else {
      const text = word === 'to' ? words.next() : word
      if (spec.destination) return ip.die(255, `Error: either "to" is duplicate, or "${text}" is a garbage.`)
      const six = spec.gateway?.includes(':') || ip.options.family === 'inet6'
      spec.destination = text === 'default' ? defaultRoute(six ? 'inet6' : 'inet') : prefix(ip, text)
    }
  }
  const family = spec.gateway ? familyOf(spec.gateway) : familyOfOptions(ip)
  const destination = spec.destination && spec.destination.length > 0 ? spec.destination : defaultRoute(spec.destination?.family === 'inet6' ? 'inet6' : family)
  const whole: RouteSpec = { ...spec, destination }
  if (how === 'delete') ip.change(() => ip.net.removeRoute(whole))
  else ip.change(() => ip.net.addRoute(whole, how), { ENETUNREACH: 'Nexthop has invalid gateway.', ENETDOWN: 'Device for nexthop is not up.' })
  return 0
}

function flush(ip: Ip, words: Words): number {
  if (!words.more) return ip.die(255, '"ip route flush" requires arguments.')
  for (const each of selected(ip, selector(ip, words))) {
    ip.change(() => ip.net.removeRoute({ destination: each.destination, device: each.device, metric: each.metric, ...(each.gateway ? { gateway: each.gateway } : {}) }))
  }
  return 0
}
