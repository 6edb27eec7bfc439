/**
 * The network of a captured node: exactly its devices, addresses, routes, counters and listening sockets, host and pods
 * (`network` of the capture, and /proc/PID/net of one process for each namespace).
 */
import * as z from 'zod/mini'
import type { Kernel } from '../../kernel/kernel'
import { formatAddress, parsePrefix } from '../../kernel/net/address'
import { Bridge, type Device, type InterfaceAddress } from '../../kernel/net/device'
import { NetNamespace } from '../../kernel/net/namespace'
import { defaultRoute } from '../../kernel/net/netlink'
import type { Socket } from '../../kernel/net/socket'
import { TcpSocket } from '../../kernel/net/tcp'
import type { Capture } from './schema'

const Address = z.object({
  family: z.enum(['inet', 'inet6']),
  local: z.string(),
  prefixlen: z.number(),
  broadcast: z.optional(z.string()),
  scope: z.enum(['global', 'site', 'link', 'host', 'nowhere']),
  label: z.optional(z.string()),
})

const Link = z.object({
  ifindex: z.number(),
  link_index: z.optional(z.number()),
  ifname: z.string(),
  mtu: z.number(),
  qdisc: z.string(),
  master: z.optional(z.string()),
  txqlen: z.optional(z.number()),
  link_type: z.string(),
  address: z.string(),
  link_netnsid: z.optional(z.number()),
  addr_info: z.optional(z.array(Address)),
  linkinfo: z.optional(
    z.object({
      info_kind: z.optional(z.string()),
      info_slave_data: z.optional(z.object({ no: z.optional(z.string()), hairpin: z.optional(z.boolean()) })),
    }),
  ),
})
type Link = z.infer<typeof Link>

const Route = z.object({
  dst: z.string(),
  gateway: z.optional(z.string()),
  dev: z.string(),
  protocol: z.optional(z.enum(['kernel', 'boot', 'static', 'ra', 'dhcp'])),
  scope: z.optional(z.enum(['global', 'site', 'link', 'host', 'nowhere'])),
  prefsrc: z.optional(z.string()),
  metric: z.optional(z.number()),
})
type Route = z.infer<typeof Route>

const Network = z.object({
  addr: z.array(Link),
  route: z.array(Route),
  link: z.array(Link),
  pods: z.record(z.string(), z.object({ addr: z.array(Link), route: z.array(Route), ss: z.string() })),
})

export interface CapturedNamespaces {
  readonly hostNs: NetNamespace
  /** Namespaces of the pods that have their own, by the pod's name. */
  readonly podNs: ReadonlyMap<string, NetNamespace>
}

/** Fills the namespaces. Returns the sockets by inode number, for the descriptors that hold them. */
export function loadNetwork(kernel: Kernel, capture: Capture, { hostNs, podNs }: CapturedNamespaces): ReadonlyMap<number, Socket> {
  const network = Network.parse(capture.network)
  const details = new Map(network.link.map((link) => [link.ifindex, link]))
  const pods = [...podNs].flatMap(([name, ns]) => {
    const pod = network.pods[name]
    return pod ? [{ ns, pod }] : []
  })

  for (const link of network.addr) {
    const slave = details.get(link.ifindex)?.linkinfo?.info_slave_data
    const device = hostDevice(kernel, hostNs, link, details.get(link.ifindex)?.linkinfo?.info_kind, pods)
    if (!device) continue
    device.mtu = link.mtu
    device.txqlen = link.txqlen ?? 0
    const master = link.master === undefined ? undefined : [...hostNs.devices.values()].find((each) => each.name === link.master)
    if (master instanceof Bridge) {
      hostNs.enslave(device, master)
      device.port = { number: Number(slave?.no ?? device.port?.number ?? 1), hairpin: slave?.hairpin ?? false }
    }
  }
  settle(hostNs, network.addr, network.route)
  for (const { ns, pod } of pods) settle(ns, pod.addr, pod.route)
  // The CNI bridge plugin, told to be a gateway, turns forwarding on (plugins/main/bridge).
  hostNs.forwarding = [...hostNs.devices.values()].some((device) => device.kind === 'bridge' && device.addresses.length > 0)

  const backlogs = new Map<NetNamespace, string>()
  for (const [name, pod] of Object.entries(network.pods)) backlogs.set(podNs.get(name) ?? hostNs, pod.ss)
  const sockets = new Map<number, Socket>()
  const sec = Math.floor(capture.recorded_at)
  const recorded = kernel.clock.monotonicAt({ sec, nsec: Math.round((capture.recorded_at - sec) * 1e9) })
  const seen = new Set<NetNamespace>()
  for (const process of capture.processes) {
    const ns = [hostNs, ...podNs.values()].find((each) => each.label === process.ns.net)
    if (!ns || seen.has(ns)) continue
    seen.add(ns)
    count(ns, process['net/dev'] ?? '')
    for (const [inode, socket] of restoreTcp(ns, process['net/tcp'] ?? '', { backlogs: backlogs.get(ns) ?? '', recorded })) sockets.set(inode, socket)
  }
  return sockets
}

type Pod = { readonly ns: NetNamespace; readonly pod: { readonly addr: readonly Link[] } }

/** Makes a device of the host; a veth pair with its end in the pod whose device points back here. */
function hostDevice(kernel: Kernel, host: NetNamespace, link: Link, kind: string | undefined, pods: readonly Pod[]): Device | undefined {
  const { ifname: name, address: mac, ifindex } = link
  if (link.link_type === 'loopback') return host.loopback
  if (kind === 'bridge') return host.addBridge(name, { mac, ifindex })
  if (link.link_index === undefined) return host.addEthernet(name, { mac, ifindex })
  for (const { ns, pod } of pods) {
    const end = pod.addr.find((each) => each.link_index === ifindex && each.ifindex === link.link_index)
    if (!end) continue
    if (link.link_netnsid !== undefined) host.assignId(ns, link.link_netnsid)
    if (end.link_netnsid !== undefined) ns.assignId(host, end.link_netnsid)
    return host.addVeth({ name, mac, ifindex }, { name: end.ifname, mac: end.address, ifindex: end.ifindex, txqlen: end.txqlen ?? 0, namespace: ns }).here
  }
  return outside(kernel, host, link)
}

/** The other end lies outside of what was captured: a namespace that holds nothing but the far end of the cable. */
function outside(kernel: Kernel, host: NetNamespace, link: Link): Device {
  const world = new NetNamespace(0, kernel)
  if (link.link_netnsid !== undefined) host.assignId(world, link.link_netnsid)
  const { here, there } = host.addVeth({ name: link.ifname, mac: link.address, ifindex: link.ifindex }, { name: 'peer', ifindex: link.link_index ?? 2, namespace: world })
  there.up = true
  there.qdisc = 'noqueue'
  world.forwarding = true
  return here
}

/** Addresses and routes, all devices up, as found. */
function settle(ns: NetNamespace, links: readonly Link[], routes: readonly Route[]): void {
  for (const link of links) {
    const device = ns.devices.get(link.ifindex)
    if (!device) continue
    device.mtu = link.mtu
    ns.restore(device, link.qdisc, (link.addr_info ?? []).map(addressOf))
  }
  for (const route of routes) {
    const device = ns.device(route.dev)
    const destination = route.dst === 'default' ? defaultRoute(route.gateway?.includes(':') ? 'inet6' : 'inet') : parsePrefix(route.dst)
    if (!device || !destination) continue
    if (ns.routes.some((r) => r.device === device && r.destination.address === destination.address && r.destination.length === destination.length)) continue
    const { gateway, prefsrc: source } = route
    ns.routes.push({
      destination: { family: destination.family, address: destination.address, length: destination.length }, device, protocol: route.protocol ?? 'boot', scope: route.scope ?? 'global',
      metric: route.metric ?? 0, type: 'unicast', ...(gateway ? { gateway } : {}), ...(source ? { source } : {}),
    })
    if (gateway) answerAs(device, gateway)
  }
}

/** The node's gateway is at the far end of its cable, where that lies outside of the capture. */
function answerAs(device: Device, gateway: string): void {
  const far = device.lower
  if (far?.namespace.inum !== 0 || far.addresses.length > 0) return
  far.namespace.restore(far, 'noqueue', [{ family: 'inet', local: gateway, length: 24, scope: 'global', label: far.name }])
}

const addressOf = (a: z.infer<typeof Address>): InterfaceAddress => ({
  family: a.family, local: a.local, length: a.prefixlen, scope: a.scope, ...(a.broadcast ? { broadcast: a.broadcast } : {}), ...(a.label ? { label: a.label } : {}),
})

/** The counters of /proc/net/dev. */
function count(ns: NetNamespace, dev: string): void {
  for (const line of dev.split('\n')) {
    const at = line.indexOf(':')
    const device = at < 0 ? undefined : ns.device(line.slice(0, at).trim())
    if (!device) continue
    const figures = line.slice(at + 1).trim().split(/\s+/).map(Number)
    for (const [counters, from] of [[device.received, 0], [device.sent, 8]] as const) {
      counters.bytes = figures[from] ?? 0
      counters.packets = figures[from + 1] ?? 0
      counters.errors = figures[from + 2] ?? 0
      counters.dropped = figures[from + 3] ?? 0
    }
    device.received.multicast = figures[7] ?? 0
  }
}

/** `0100007F:A09D` of /proc/net/tcp. */
function endpoint(text: string): { address: string; port: number } {
  const [address = '', port = ''] = text.split(':')
  const bytes = (address.match(/../g) ?? []).reverse().join('')
  return { address: formatAddress({ family: 'inet', value: BigInt(`0x${bytes}`) }), port: Number.parseInt(port, 16) }
}

const JIFFY_NS = 1e7

const TIME_WAIT_NS = 60e9

/** Connections that ended (TIME_WAIT) are there only if they had ended when the node stands up, which may be before it was recorded. */
function* restoreTcp(ns: NetNamespace, tcp: string, from: { readonly backlogs: string; readonly recorded: number }): Generator<readonly [number, Socket]> {
  for (const line of tcp.split('\n').slice(1)) {
    const words = line.trim().split(/\s+/)
    const [, local = '', remote = '', state, , timer = '', , uid, , inode] = words
    const at = { local: endpoint(local || '00000000:0'), remote: endpoint(remote || '00000000:0'), pointer: words[11] }
    if (state === '0A') {
      const row = from.backlogs.split('\n').find((each) => each.includes(` ${at.local.address}:${at.local.port} `))
      const socket = new TcpSocket(ns, 'inet', Number(uid), Number(inode))
      socket.restore('LISTEN', { ...at, backlog: Number(row?.trim().split(/\s+/)[2] ?? 4096), expires: 0 })
      yield [socket.inode, socket]
    } else if (state === '06') {
      const expires = from.recorded + Number.parseInt(timer.split(':')[1] ?? '0', 16) * JIFFY_NS
      if (expires - TIME_WAIT_NS <= ns.machine.clock.monotonic) new TcpSocket(ns, 'inet', 0, 0).restore('TIME_WAIT', { ...at, backlog: 0, expires })
    }
  }
}
