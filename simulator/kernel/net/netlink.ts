/** The kernel's end of `sys.net` (rtnetlink.ts): what it answers and changes in a network namespace. */
import { capableIn } from '../credentials'
import { Errno } from '../errno'
import { type Family, type Prefix, isAny, isLoopback, widthOf } from './address'
import { Bridge, type Device, EthernetDevice, Loopback, Veth } from './device'
import type { NetNamespace } from './namespace'
import type { NatRule } from './nat'
import { compareRoutes, type Route, neighbourState } from './route'
import { TcpSocket } from './tcp'
import { carry, reversed, travel } from './topology'
import type { LinkView, RouteView, NeighbourView, NetnsReference, LinkSpec, LinkChange, AddressSpec, RouteSpec, SocketView, Echo, Netlink, NetlinkCaller } from './rtnetlink'

const EVERYWHERE: { readonly [F in Family]: Prefix } = {
  inet: { family: 'inet', address: '0.0.0.0', length: 0 },
  inet6: { family: 'inet6', address: '::', length: 0 },
}
const MTU = { ethernet: { least: 68, most: 65535 }, loopback: { least: 0, most: 2147483647 } }
const INITIAL_TTL = 64

export class NetlinkSocket implements Netlink {
  private readonly caller: NetlinkCaller
  constructor(caller: NetlinkCaller) {
    this.caller = caller
  }
  private get ns(): NetNamespace {
    return this.caller.namespace
  }
  private administer(): void {
    if (!capableIn(this.caller.credentials, this.ns.owner, 'CAP_NET_ADMIN')) throw new Errno('EPERM')
  }
  private device(name: string): Device {
    const device = this.ns.device(name)
    if (!device) throw new Errno('ENODEV')
    return device
  }
  private get now(): number {
    return this.ns.machine.clock.monotonic
  }

  links(): LinkView[] {
    return [...this.ns.devices.values()].sort((a, b) => a.ifindex - b.ifindex).map((device) => this.view(device))
  }
  private view(device: Device): LinkView {
    const { lower } = device
    const elsewhere = lower !== undefined && lower.namespace !== this.ns
    return {
      index: device.ifindex, name: device.name, kind: device.kind, flags: device.flags, up: device.up, mtu: device.mtu, qdisc: device.qdisc,
      state: device.operstate, txqlen: device.txqlen, mac: device.mac, broadcast: device.broadcast, alias: device.alias, master: device.master?.name,
      lower: lower && { index: lower.ifindex, name: elsewhere ? undefined : lower.name, up: !elsewhere && lower.up },
      netnsId: elsewhere ? this.ns.idOf(lower.namespace) : undefined,
      peerMac: device instanceof Veth ? device.peer?.mac : undefined,
      port: device.port && { ...device.port, forwarding: device.running && device.master?.up === true },
      addresses: device.addresses.map((address) => ({ ...address, tentative: (address.tentativeUntil ?? 0) > this.now })),
      received: { ...device.received }, sent: { ...device.sent },
    }
  }

  addLink(spec: LinkSpec): void {
    this.administer()
    const name = spec.name ?? this.freeName(spec.kind === 'bridge' ? 'bridge' : spec.kind)
    const mac = spec.mac === undefined ? {} : { mac: spec.mac }
    const mtu = spec.mtu === undefined ? {} : { mtu: spec.mtu }
    const txqlen = spec.txqlen === undefined ? {} : { txqlen: spec.txqlen }
    if (spec.kind === 'veth') {
      const far = spec.peer?.netns ? this.caller.find(spec.peer.netns) : this.ns
      let peerName = spec.peer?.name
      for (let i = 0; peerName === undefined; i++) if (`veth${i}` !== name && !far.device(`veth${i}`)) peerName = `veth${i}`
      const farEnd = { name: peerName, namespace: far, ...mtu, ...txqlen, ...(spec.peer?.mac ? { mac: spec.peer.mac } : {}), ...(spec.peer?.mtu ? { mtu: spec.peer.mtu } : {}) }
      this.ns.addVeth({ name, ...mac, ...mtu, ...txqlen }, farEnd)
      return
    }
    const device = spec.kind === 'bridge' ? this.ns.addBridge(name, mac) : this.ns.addDummy(name, mac)
    if (spec.mtu !== undefined) device.mtu = spec.mtu
    if (spec.txqlen !== undefined) device.txqlen = spec.txqlen
  }
  private freeName(stem: string): string {
    for (let i = 0; ; i++) if (!this.ns.device(`${stem}${i}`)) return `${stem}${i}`
  }
  setLink(name: string, change: LinkChange): void {
    this.administer()
    const device = this.device(name)
    if (change.netns) {
      const to = this.caller.find(change.netns)
      this.ns.move(device, to, change.name ?? device.name)
      return
    }
    if (change.mac !== undefined) {
      if (device instanceof Loopback) throw new Errno('EOPNOTSUPP')
      device.mac = change.mac
      if (device instanceof Bridge) {
        device.fixedMac = true
        device.selected = true
      }
    }
    if (change.mtu !== undefined) {
      const range = device instanceof Loopback ? MTU.loopback : MTU.ethernet
      if (change.mtu < range.least || change.mtu > range.most) throw new Errno('EINVAL')
      device.mtu = change.mtu
    }
    if (change.txqlen !== undefined) device.txqlen = change.txqlen
    if (change.alias !== undefined) device.alias = change.alias
    if (change.name !== undefined) this.ns.rename(device, change.name)
    if (change.master === null) this.ns.release(device)
    else if (change.master !== undefined) {
      const master = this.device(change.master)
      if (!(master instanceof Bridge)) throw new Errno('EINVAL')
      this.ns.enslave(device, master)
    }
    if (change.hairpin !== undefined) {
      if (!device.port) throw new Errno('EINVAL')
      device.port.hairpin = change.hairpin
    }
    if (change.up === true) this.ns.setUp(device)
    if (change.up === false) this.ns.setDown(device)
  }
  removeLink(name: string): void {
    this.administer()
    const device = this.device(name)
    if (device instanceof EthernetDevice) throw new Errno('EOPNOTSUPP')
    this.ns.remove(device)
  }

  addAddress(name: string, spec: AddressSpec): void {
    this.administer()
    const device = this.device(name)
    const family: Family = spec.local.includes(':') ? 'inet6' : 'inet'
    const scope = spec.scope ?? (isLoopback(spec.local) && family === 'inet6' ? 'host' : spec.local.startsWith('fe80:') ? 'link' : 'global')
    const six = family === 'inet6' && !(device instanceof Loopback) ? { tentativeUntil: this.now + 1e9 } : {}
    const four = family === 'inet' ? { label: spec.label ?? device.name, ...(spec.broadcast ? { broadcast: spec.broadcast } : {}) } : {}
    this.ns.addAddress(device, { family, local: spec.local, length: spec.length, scope, ...four, ...six, ...(spec.peer ? { peer: spec.peer } : {}) })
  }
  removeAddress(name: string, { local, length }: { readonly local: string; readonly length: number }): void {
    this.administer()
    this.ns.removeAddress(this.device(name), local, length)
  }

  private routeView(route: Route): RouteView {
    return { ...route, device: route.device.name, linkdown: !route.device.running }
  }
  routes(family: Family): RouteView[] {
    return this.ns.sortedRoutes.filter((route) => route.destination.family === family).map((route) => this.routeView(route))
  }
  localRoutes(family: Family): RouteView[] {
    const routes: Route[] = []
    const add = (device: Device, type: Route['type'], address: string, length: number, source: string) =>
      routes.push({ destination: { family, address, length }, device, protocol: 'kernel', scope: type === 'local' ? 'host' : 'link', metric: 0, type, ...(family === 'inet' ? { source } : {}) })
    for (const device of this.ns.devices.values()) {
      if (!device.up) continue
      for (const a of device.addresses) {
        if (a.family !== family) continue
        if (family === 'inet' && device instanceof Loopback) add(device, 'local', '127.0.0.0', 8, a.local)
        add(device, 'local', a.local, widthOf(family), a.local)
        if (family === 'inet' && a.length < 31) add(device, 'broadcast', this.ns.broadcastOf(a.local, a.length), 32, a.local)
      }
    }
    return (family === 'inet' ? routes.sort(compareRoutes) : routes).map((route) => this.routeView(route))
  }
  routeTo(address: string): RouteView & { readonly source: string | undefined; readonly local: boolean } {
    const family: Family = address.includes(':') ? 'inet6' : 'inet'
    const own = this.ns.localDevice(address)
    const destination: Prefix = { family, address, length: widthOf(family) }
    if (own) {
      const route: Route = { destination, device: this.ns.loopback, protocol: 'kernel', scope: 'host', metric: 0, type: 'local' }
      return { ...this.routeView(route), linkdown: false, source: address, local: true }
    }
    const route = this.ns.route(address)
    if (!route) throw new Errno('ENETUNREACH')
    if (route.type === 'unreachable') throw new Errno('EHOSTUNREACH')
    if (route.type === 'prohibit') throw new Errno('EACCES')
    if (route.type === 'blackhole') throw new Errno('EINVAL')
    return { ...this.routeView(route), source: this.ns.sourceFor(route), local: false }
  }
  private routeOf(spec: RouteSpec): Route {
    let device = spec.device === undefined ? undefined : this.device(spec.device)
    if (!device && spec.gateway) device = this.ns.route(spec.gateway)?.device
    if (!device) {
      if (spec.type && spec.type !== 'unicast') device = this.ns.loopback
      else throw new Errno(spec.gateway ? 'ENETUNREACH' : 'ENODEV')
    }
    const six = spec.destination.family === 'inet6'
    return {
      destination: spec.destination, device, protocol: spec.protocol ?? 'boot', type: spec.type ?? 'unicast', metric: spec.metric ?? (six ? 1024 : 0),
      scope: spec.scope ?? (spec.gateway || six ? 'global' : 'link'), ...(spec.gateway ? { gateway: spec.gateway } : {}), ...(spec.source ? { source: spec.source } : {}),
      ...(spec.onlink ? { onlink: true } : {}),
    }
  }
  addRoute(spec: RouteSpec, how: 'add' | 'replace' | 'append'): void {
    this.administer()
    if (spec.source && !this.ns.localDevice(spec.source)) throw new Errno('EINVAL')
    const route = this.routeOf(spec)
    if (how === 'replace') {
      const same = this.ns.routes.find((r) => r.destination.address === route.destination.address && r.destination.length === route.destination.length && r.metric === route.metric)
      if (same) this.ns.removeRoute((r) => r === same)
    }
    this.ns.addRoute(route)
  }
  removeRoute(spec: RouteSpec): void {
    this.administer()
    this.ns.removeRoute(
      (route) =>
        route.destination.family === spec.destination.family && route.destination.address === spec.destination.address && route.destination.length === spec.destination.length &&
        (spec.gateway === undefined || route.gateway === spec.gateway) && (spec.device === undefined || route.device.name === spec.device) &&
        (spec.metric === undefined || route.metric === spec.metric) && (spec.source === undefined || route.source === spec.source),
    )
  }

  neighbours(): NeighbourView[] {
    return this.ns.neighbours.map((n) => ({ address: n.address, device: n.device.name, mac: n.mac, state: neighbourState(n, this.now) }))
  }
  setNeighbour(name: string, address: string, mac: string): void {
    this.administer()
    const device = this.device(name)
    const at = this.ns.neighbours.findIndex((n) => n.device === device && n.address === address)
    if (at >= 0) this.ns.neighbours.splice(at, 1)
    this.ns.neighbours.push({ address, device, mac, permanent: true, failed: false, confirmed: this.now })
  }
  removeNeighbour(name: string, address: string): void {
    this.administer()
    const device = this.device(name)
    const at = this.ns.neighbours.findIndex((n) => n.device === device && n.address === address)
    if (at < 0) throw new Errno('ENOENT')
    this.ns.neighbours.splice(at, 1)
  }

  netnsId(of: NetnsReference): number | undefined {
    return this.ns.idOf(this.caller.find(of))
  }
  setNetnsId(of: NetnsReference, id: number): void {
    this.administer()
    const other = this.caller.find(of)
    if (this.ns.idOf(other) !== undefined) throw new Errno('EEXIST')
    this.ns.assignId(other, id)
  }

  sockets(): SocketView[] {
    const views: SocketView[] = []
    for (const s of TcpSocket.all(this.ns)) {
      const { receive, send } = s.queues
      const waits = s.state === 'TIME_WAIT'
      views.push({
        protocol: 'tcp', family: s.family, v6only: s.v6only, type: 'stream', state: s.state, receive, send, local: s.local, peer: s.remote, uid: waits ? 0 : s.uid,
        inode: waits || s.orphan ? 0 : s.inode, expires: waits ? s.expires - this.now : undefined,
      })
    }
    for (const s of this.ns.sockets.udp) {
      const any = { address: s.family === 'inet6' ? '::' : '0.0.0.0', port: 0 }
      views.push({
        protocol: 'udp', family: s.family, v6only: false, type: 'dgram', state: s.remote ? 'ESTABLISHED' : 'UNCONN', receive: s.waiting, send: 0, local: s.local, peer: s.remote ?? any,
        uid: s.uid, inode: s.inode, expires: undefined,
      })
    }
    for (const s of this.ns.sockets.unix) {
      const { receive, send } = s.queues
      const state = s.state === 'listening' ? 'LISTEN' : s.state === 'connected' ? 'ESTABLISHED' : 'UNCONN'
      views.push({
        protocol: 'unix', family: 'unix', v6only: false, type: s.type, state, receive, send, local: { address: s.name ?? '*', port: s.inode },
        peer: { address: s.peer?.name ?? '*', port: s.peer?.inode ?? 0 }, uid: s.uid, inode: s.inode, expires: undefined,
      })
    }
    return views
  }

  nat(): readonly NatRule[] {
    return [...this.ns.nat]
  }
  addNat(rule: NatRule): void {
    this.administer()
    this.ns.nat.push(rule)
  }
  removeNat(owner: string): void {
    this.administer()
    this.ns.nat.splice(0, this.ns.nat.length, ...this.ns.nat.filter((rule) => rule.owner !== owner))
  }
  forwarding(): boolean {
    return this.ns.forwarding
  }
  setForwarding(state: 'on' | 'off'): void {
    this.administer()
    this.ns.forwarding = state === 'on'
  }

  echo(to: string, options: { readonly bytes?: number; readonly ttl?: number; readonly device?: string } = {}): Echo {
    const through = options.device === undefined ? undefined : this.device(options.device)
    const way = travel(this.ns, { protocol: 'icmp', to: { address: to, port: 0 }, ...(through ? { through } : {}) })
    const route = this.ns.route(to)
    const source = route && this.ns.sourceFor(route)
    if ('unreachable' in way) {
      const { error, after, by } = way.unreachable
      return { kind: 'error', error, by: isAny(by ?? '0.0.0.0') ? undefined : by, after, source }
    }
    const { path } = way
    const size = (options.bytes ?? 56) + 42
    carry(path.hops, size)
    carry(reversed(path.hops), size)
    return { kind: 'reply', from: path.to.address, source: path.source, rtt: 2 * path.latency, ttl: INITIAL_TTL - path.forwards }
  }
}

/** `default` of a family. */
export const defaultRoute = (family: Family): Prefix => EVERYWHERE[family]
