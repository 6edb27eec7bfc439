/** bridge(8), iproute2 6.1: ports of bridges and their forwarding table. Recording: cri-node namespaces. */
import type { LinkView } from '../../../kernel/net/rtnetlink'
import { type Io, program } from '../../program'
import { type Json, renderJson } from '../json'

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
       bridge [ -force ] -batch filename
where  OBJECT := { link | fdb | mdb | vlan | monitor }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                    -o[neline] | -t[imestamp] | -n[etns] name |
                    -c[ompressvlans] -color -p[retty] -j[son] }
`
const PORT_FLAGS = ['guard off', 'root_block off', 'fastleave off', 'learning on', 'flood on', 'mcast_flood on', 'bcast_flood on', 'mcast_router 1', 'mcast_to_unicast off', 'neigh_suppress off', 'vlan_tunnel off', 'isolated off', 'locked off']

interface Options {
  details: boolean
  json: boolean
  pretty: boolean
}

export default program({
  paths: ['/usr/sbin/bridge'],
  size: 156200,
  summary: 'show bridge ports and their forwarding table',
  *run(io) {
    const options: Options = { details: false, json: false, pretty: false }
    let at = 0
    for (; io.args[at]?.startsWith('-'); at++) {
      const word = (io.args[at] ?? '').replace(/^--/, '-')
      if ('-details'.startsWith(word)) options.details = true
      else if ('-json'.startsWith(word)) options.json = true
      else if ('-pretty'.startsWith(word)) options.pretty = true
      else if ('-oneline'.startsWith(word) || '-color'.startsWith(word) || '-statistics'.startsWith(word)) continue
      else if ('-Version'.startsWith(word)) {
        io.out('bridge utility, iproute2-6.1.0\n')
        return 0
      } else return fail(io, `Option "${io.args[at]}" is unknown, try "bridge help".`, 255)
    }
    const [object, command, ...rest] = io.args.slice(at)
    if (object === undefined || object === 'help') return fail(io, USAGE.trimEnd(), 255)
    if ('link'.startsWith(object)) return links(io, options, command, rest)
    if ('fdb'.startsWith(object)) return table(io, options, command, rest)
    if (['mdb', 'vlan', 'monitor', 'vni'].some((each) => each.startsWith(object))) return fail(io, 'bridge: not simulated in this lab', 125)
    return fail(io, `Object "${object}" is unknown, try "bridge help".`, 255)
  },
})

function fail(io: Io, text: string, code: number): number {
  io.err(`${text}\n`)
  return code
}

const isShow = (command: string | undefined): boolean => command === undefined || ['show', 'lst', 'list'].some((each) => each.startsWith(command))

function selection(io: Io, words: readonly string[]): { device?: string; bridge?: string } | string {
  const chosen: { device?: string; bridge?: string } = {}
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const value = word === 'dev' || word === 'br' || word === 'brport' || word === 'master' ? (words[++i] ?? '') : word
    if (!io.sys.net.links().some((link) => link.name === value)) return value
    if (word === 'br' || word === 'master') chosen.bridge = value
    else chosen.device = value
  }
  return chosen
}

function links(io: Io, options: Options, command: string | undefined, words: readonly string[]): number {
  if (command === 'set') return fail(io, 'bridge: not simulated in this lab', 125)
  if (!isShow(command)) return fail(io, `Command "${command}" is unknown, try "bridge link help".`, 255)
  const chosen = selection(io, words)
  if (typeof chosen === 'string') return fail(io, `Cannot find device "${chosen}"`, 255)
  const ports = io.sys.net.links().filter((link) => link.port && (chosen.device === undefined || link.name === chosen.device) && (chosen.bridge === undefined || link.master === chosen.bridge))
  if (options.json) {
    const json: Json[] = ports.map((link) => ({
      ifindex: link.index, ifname: link.name, flags: [...link.flags], mtu: link.mtu, master: link.master, state: state(link), priority: 32, cost: 2,
    }))
    io.out(renderJson(json, options.pretty ? 'pretty' : 'line'))
    return 0
  }
  for (const link of ports) {
    // The name after @ is that of the interface with the peer's index in this namespace, as the real program shows it.
    const below = io.sys.net.links().find((each) => each.index === link.lower?.index)
    const name = link.lower ? `${link.name}@${below?.name ?? `if${link.lower.index}`}` : link.name
    io.out(`${link.index}: ${name}: <${link.flags.join(',')}> mtu ${link.mtu} master ${link.master} state ${state(link)} priority 32 cost 2 \n`)
    if (options.details) io.out(`    hairpin ${link.port?.hairpin ? 'on' : 'off'} ${PORT_FLAGS.join(' ')} \n`)
  }
  return 0
}

const state = (link: LinkView): string => (link.port?.forwarding ? 'forwarding' : 'disabled')

/** Multicast addresses that a device listens to: all hosts, and its solicited-node addresses (RFC 4291). */
function multicast(link: LinkView): string[] {
  if (!link.up) return []
  const solicited = link.addresses.filter((a) => a.family === 'inet6').map((a) => `33:33:ff:${tail(a.local)}`)
  const routers = link.kind === 'bridge' ? ['01:00:5e:00:00:6a', '33:33:00:00:00:6a'] : []
  return ['33:33:00:00:00:01', ...routers, '01:00:5e:00:00:01', ...new Set(solicited)]
}

/** The last three bytes of an IPv6 address. */
function tail(address: string): string {
  const words = address.split(':').slice(-2).map((word) => word.padStart(4, '0'))
  const hex = words.join('')
  return `${hex.slice(2, 4)}:${hex.slice(4, 6)}:${hex.slice(6, 8)}`
}

function table(io: Io, options: Options, command: string | undefined, words: readonly string[]): number {
  if (command !== undefined && ['add', 'append', 'replace', 'delete', 'get', 'flush'].some((each) => each.startsWith(command))) return fail(io, 'bridge: not simulated in this lab', 125)
  if (!isShow(command)) return fail(io, `Command "${command}" is unknown, try "bridge fdb help".`, 255)
  const chosen = selection(io, words)
  if (typeof chosen === 'string') return fail(io, `Cannot find device "${chosen}"`, 255)
  const all = io.sys.net.links()
  const known = io.sys.net.neighbours()
  const rows: { mac: string; device: string; master?: string; self: boolean; permanent: boolean }[] = []
  for (const link of all) {
    if (link.kind === 'loopback' || (chosen.device !== undefined && link.name !== chosen.device)) continue
    if (chosen.bridge !== undefined && link.name !== chosen.bridge && link.master !== chosen.bridge) continue
    if (link.master) {
      // A port has learnt whoever was spoken to through it.
      for (const each of known) if (each.mac && each.device === link.master && link.peerMac === each.mac) rows.push({ mac: each.mac, device: link.name, master: link.master, self: false, permanent: false })
      rows.push({ mac: link.mac, device: link.name, master: link.master, self: false, permanent: true })
    }
    for (const mac of multicast(link)) rows.push({ mac, device: link.name, self: true, permanent: true })
    if (link.kind === 'bridge') rows.push({ mac: link.mac, device: link.name, master: link.name, self: false, permanent: true })
  }
  if (options.json) io.out(renderJson(rows.map((r) => ({ mac: r.mac, ifname: r.device, flags: r.self ? ['self'] : [], master: r.master, state: r.permanent ? 'permanent' : '' })), options.pretty ? 'pretty' : 'line'))
  else for (const r of rows) io.out(`${r.mac} dev ${r.device} ${r.self ? 'self ' : ''}${r.master ? `master ${r.master} ` : ''}${r.permanent ? 'permanent' : ''}\n`)
  return 0
}
