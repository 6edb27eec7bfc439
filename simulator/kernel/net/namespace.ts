/**
 * A network namespace (network_namespaces(7)): its devices, addresses, routes, neighbours, sockets, and the small numbers
 * (netns ids) under which it knows other namespaces. A new one holds a loopback device that is down.
 */
import { Errno } from '../errno'
import { Namespace } from '../namespaces/namespace'
import type { Random } from '../random'
import { contains, lastAddress, linkLocal, network, widthOf } from './address'
import { Bridge, type Device, DummyDevice, EthernetDevice, type InterfaceAddress, Loopback, type Scope, Veth } from './device'
import type { NatRule } from './nat'
import { type Neighbour, type Route, compareRoutes } from './route'
import { SocketTable } from './sockets'

/** What the network needs of the machine it runs on. */
export interface NetMachine {
  readonly clock: { readonly monotonic: number }
  readonly random: Pick<Random, 'uint32'>
  /** The next inode number of pipefs and sockfs. */
  nextSocketInode(): number
}

/** Duplicate address detection: a random wait of up to 1 s, then one probe of 1 s. */
const DAD_NS = 1e9
/** `ip` and the kernel allow names of up to 15 bytes without blanks, slashes and colons. */
const LEGAL_NAME = /^[^\s/:]{1,15}$/

const LOOPBACK4: InterfaceAddress = { family: 'inet', local: '127.0.0.1', length: 8, scope: 'host', label: 'lo' }
const LOOPBACK6: InterfaceAddress = { family: 'inet6', local: '::1', length: 128, scope: 'host' }

export class NetNamespace extends Namespace {
  readonly type = 'net'
  readonly machine: NetMachine
  /** By index, ascending. */
  readonly devices = new Map<number, Device>()
  /** The main table; the local table follows from the addresses. */
  readonly routes: Route[] = []
  readonly neighbours: Neighbour[] = []
  readonly nat: NatRule[] = []
  readonly sockets = new SocketTable()
  readonly loopback: Loopback
  /** net.ipv4.ip_forward. */
  forwarding = false
  /** net.ipv6.conf.all.disable_ipv6, the other way about. */
  ipv6: 'on' | 'off' = 'on'
  private readonly ids = new Map<NetNamespace, number>()
  private lastIndex = 1

  constructor(inum: number, machine: NetMachine) {
    super(inum)
    this.machine = machine
    this.loopback = new Loopback(this, 1)
    this.devices.set(1, this.loopback)
  }

  // ── devices ───────────────────────────────────────────────────────────────────────────────────────────
  device(name: string): Device | undefined {
    for (const device of this.devices.values()) if (device.name === name) return device
    return undefined
  }
  /** Indexes are not used again (dev_new_index). */
  private nextIndex(): number {
    do this.lastIndex++
    while (this.devices.has(this.lastIndex))
    return this.lastIndex
  }
  private admit(name: string): void {
    if (!LEGAL_NAME.test(name) || name === '.' || name === '..') throw new Errno('EINVAL')
    if (this.device(name)) throw new Errno('EEXIST')
  }
  /** A random address that a machine may give itself (eth_random_addr). */
  private randomMac(): string {
    const [low, high] = [this.machine.random.uint32(), this.machine.random.uint32()]
    const bytes = [((low & 0xfe) | 2) & 0xff, low >>> 8, low >>> 16, low >>> 24, high, high >>> 8]
    return bytes.map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join(':')
  }
  private enlist<D extends Device>(device: D): D {
    this.devices.set(device.ifindex, device)
    return device
  }
  addBridge(name: string, how: { mac?: string; ifindex?: number } = {}): Bridge {
    this.admit(name)
    const bridge = this.enlist(new Bridge(this, how.ifindex ?? this.nextIndex(), name, how.mac ?? this.randomMac(), 1500))
    bridge.fixedMac = how.mac !== undefined
    return bridge
  }
  addDummy(name: string, how: { mac?: string; ifindex?: number } = {}): DummyDevice {
    this.admit(name)
    return this.enlist(new DummyDevice(this, how.ifindex ?? this.nextIndex(), name, how.mac ?? this.randomMac(), 1500))
  }
  addEthernet(name: string, how: { mac?: string; ifindex?: number; mtu?: number } = {}): EthernetDevice {
    this.admit(name)
    return this.enlist(new EthernetDevice(this, how.ifindex ?? this.nextIndex(), name, how.mac ?? this.randomMac(), how.mtu ?? 1500))
  }
  /** A veth pair: this end here, the other in `there.namespace`. As the driver does, the peer is registered first. */
  addVeth(here: VethEnd, there: VethEnd & { readonly namespace?: NetNamespace }): { here: Veth; there: Veth } {
    const far = there.namespace ?? this
    this.admit(here.name)
    far.admit(there.name)
    if (far === this && here.name === there.name) throw new Errno('EEXIST')
    const make = (at: NetNamespace, end: VethEnd) => {
      const veth = at.enlist(new Veth(at, end.ifindex ?? at.nextIndex(), end.name, end.mac ?? at.randomMac(), end.mtu ?? 1500))
      veth.txqlen = end.txqlen ?? 1000
      return veth
    }
    const peer = make(far, there)
    const own = make(this, here)
    own.peer = peer
    peer.peer = own
    this.knowEachOther(far)
    return { here: own, there: peer }
  }
  /** Removes a device, its peer, its ports' membership, addresses and routes. */
  remove(device: Device): void {
    if (device instanceof Loopback) throw new Errno('EOPNOTSUPP')
    this.detach(device)
    if (device instanceof Veth && device.peer) {
      const peer = device.peer
      device.peer = undefined
      peer.peer = undefined
      peer.namespace.remove(peer)
    }
  }
  private detach(device: Device): void {
    this.setDown(device)
    this.release(device)
    if (device instanceof Bridge) for (const port of device.ports) this.release(port)
    if (device instanceof EthernetDevice) {
      device.segment?.unplug(device)
      device.segment = undefined
    }
    device.addresses.length = 0
    this.forget(device)
    this.devices.delete(device.ifindex)
  }
  /** Gives a device to another namespace: it goes down and loses its addresses on the way (dev_change_net_namespace). */
  move(device: Device, to: NetNamespace, name = device.name): void {
    if (to === this) return
    if (device instanceof Loopback || device instanceof Bridge) throw new Errno('EINVAL')
    to.admit(name)
    this.detach(device)
    device.namespace = to
    device.name = name
    if (to.devices.has(device.ifindex)) device.ifindex = to.nextIndex()
    to.enlist(device)
    if (device instanceof Veth && device.peer) to.knowEachOther(device.peer.namespace)
  }
  rename(device: Device, name: string): void {
    if (name === device.name) return
    this.admit(name)
    if (device.up) throw new Errno('EBUSY')
    device.addresses.forEach((address, i) => {
      if (address.label === device.name) device.addresses[i] = { ...address, label: name }
    })
    device.name = name
  }
  setUp(device: Device): void {
    if (device.up) return
    device.up = true
    if (device.qdisc === 'noop') device.qdisc = device.defaultQdisc
    if (device instanceof Loopback) {
      for (const address of this.ipv6 === 'on' ? [LOOPBACK4, LOOPBACK6] : [LOOPBACK4]) if (!device.addresses.some((a) => a.local === address.local)) device.addresses.push(address)
    }
    for (const address of device.addresses) this.connect(device, address)
    this.carrierChanged(device)
  }
  setDown(device: Device): void {
    if (!device.up) return
    device.up = false
    const kept = device.addresses.filter((address) => address.family === 'inet')
    device.addresses.splice(0, device.addresses.length, ...kept)
    this.forget(device)
  }
  private forget(device: Device): void {
    this.routes.splice(0, this.routes.length, ...this.routes.filter((route) => route.device !== device))
    this.neighbours.splice(0, this.neighbours.length, ...this.neighbours.filter((neighbour) => neighbour.device !== device))
  }
  enslave(device: Device, bridge: Bridge): void {
    if (device instanceof Loopback || device instanceof Bridge) throw new Errno(device instanceof Bridge ? 'ELOOP' : 'EINVAL')
    if (device.master) this.release(device)
    device.master = bridge
    device.port = { number: bridge.freePort(), hairpin: false }
    this.followPorts(bridge)
    this.carrierChanged(device)
  }
  release(device: Device): void {
    const bridge = device.master
    if (!bridge) return
    device.master = undefined
    device.port = undefined
    this.followPorts(bridge)
  }
  /** A bridge takes the lowest address of its ports unless it was given one (br_stp_recalculate_bridge_id). */
  private followPorts(bridge: Bridge): void {
    bridge.selected = true
    if (bridge.fixedMac) return
    bridge.mac = bridge.ports.map((port) => port.mac).sort()[0] ?? '00:00:00:00:00:00'
  }
  /** Both ends of a cable and the bridges behind may have come alive: those that run give themselves an address. */
  private carrierChanged(device: Device): void {
    const touched: (Device | undefined)[] = [device, device.master]
    if (device instanceof Veth) touched.push(device.peer, device.peer?.master)
    for (const each of touched) if (each?.running) each.namespace.selfAssign(each)
  }
  private selfAssign(device: Device): void {
    if (this.ipv6 === 'off' || device instanceof Loopback || device.addresses.some((address) => address.family === 'inet6' && address.scope === 'link')) return
    const { monotonic } = this.machine.clock
    const address: InterfaceAddress = {
      family: 'inet6', local: linkLocal(device.mac), length: 64, scope: 'link', tentativeUntil: monotonic + DAD_NS + (this.machine.random.uint32() % DAD_NS),
    }
    device.addresses.push(address)
    this.connect(device, address)
  }

  /** Puts a device in the state in which a capture found it: up, its addresses settled. */
  restore(device: Device, qdisc: string, addresses: readonly InterfaceAddress[]): void {
    device.up = true
    device.qdisc = qdisc
    device.addresses.splice(0, device.addresses.length, ...addresses)
    for (const address of addresses) this.connect(device, address)
  }

  /** Without IPv6 no device has an address of it, and none gets one (net/ipv6/addrconf.c, addrconf_disable_ipv6). */
  setIpv6(state: 'on' | 'off'): void {
    this.ipv6 = state
    if (state === 'on') return
    for (const device of this.devices.values()) for (const { local, length } of device.addresses.filter(({ family }) => family === 'inet6')) this.removeAddress(device, local, length)
    this.routes.splice(0, this.routes.length, ...this.routes.filter(({ destination }) => destination.family !== 'inet6'))
  }

  // ── addresses and routes ──────────────────────────────────────────────────────────────────────────────
  addAddress(device: Device, address: InterfaceAddress): void {
    if (address.family === 'inet6' && this.ipv6 === 'off') throw new Errno('EACCES')
    if (device.addresses.some((a) => a.local === address.local && a.length === address.length)) throw new Errno('EEXIST')
    const sixth = address.family === 'inet6' ? device.addresses.findIndex((a) => a.family === 'inet6') : device.addresses.findIndex((a) => a.family === 'inet6')
    if (sixth < 0) device.addresses.push(address)
    else device.addresses.splice(sixth, 0, address)
    if (device.up) this.connect(device, address)
  }
  removeAddress(device: Device, local: string, length: number): void {
    const at = device.addresses.findIndex((a) => a.local === local && a.length === length)
    if (at < 0) throw new Errno('EADDRNOTAVAIL')
    device.addresses.splice(at, 1)
    this.routes.splice(0, this.routes.length, ...this.routes.filter((route) => !(route.device === device && route.source === local)))
  }
  /** The route to the network that an address belongs to, which the kernel adds by itself. */
  private connect(device: Device, address: InterfaceAddress): void {
    if (device instanceof Loopback || address.noPrefixRoute || address.length === widthOf(address.family)) return
    const destination = network(address.local, address.length)
    const six = address.family === 'inet6'
    const route: Route = {
      destination, device, protocol: 'kernel', scope: six ? 'global' : 'link', metric: six ? 256 : 0, type: 'unicast', ...(six ? {} : { source: address.local }),
    }
    const same = (r: Route) => r.device === device && r.destination.address === destination.address && r.destination.length === destination.length
    if (!this.routes.some((r) => same(r) && r.source === route.source)) this.routes.push(route)
  }
  addRoute(route: Route): void {
    if (route.gateway && !route.onlink && !this.onLink(route.gateway, route.device)) throw new Errno('ENETUNREACH')
    if (!route.device.up && route.type === 'unicast') throw new Errno('ENETDOWN')
    if (this.routes.some((r) => compareRoutes(r, route) === 0 && r.destination.family === route.destination.family)) throw new Errno('EEXIST')
    this.routes.push(route)
  }
  removeRoute(match: (route: Route) => boolean): void {
    const at = this.routes.findIndex(match)
    if (at < 0) throw new Errno('ESRCH')
    this.routes.splice(at, 1)
  }
  private onLink(address: string, device: Device): boolean {
    return this.routes.some((route) => route.device === device && !route.gateway && contains(route.destination, address))
  }
  /** The device that carries `address`, if it is one of ours and reachable (the local table). */
  localDevice(address: string): Device | undefined {
    if (this.loopback.up && contains({ family: 'inet', address: '127.0.0.0', length: 8 }, address)) return this.loopback
    for (const device of this.devices.values()) if (device.up && device.addresses.some((a) => a.local === address)) return device
    return undefined
  }
  /** Longest prefix, then lowest metric, in the main table. */
  route(address: string, through?: Device): Route | undefined {
    let best: Route | undefined
    for (const route of this.routes) {
      if (!contains(route.destination, address) || (through && route.device !== through)) continue
      const better = !best || route.destination.length > best.destination.length || (route.destination.length === best.destination.length && route.metric < best.metric)
      if (better) best = route
    }
    return best
  }
  /** The address we speak with when `route` is taken. */
  sourceFor(route: Route): string | undefined {
    if (route.source) return route.source
    const family = route.destination.family
    const near = route.gateway ?? route.destination.address
    const own = route.device.addresses.filter((a) => a.family === family)
    const usable = (scope: Scope) => scope === 'global' || scope === 'site'
    const fit = own.find((a) => contains(network(a.local, a.length), near)) ?? own.find((a) => usable(a.scope)) ?? own[0]
    if (fit) return fit.local
    for (const device of this.devices.values()) for (const a of device.addresses) if (a.family === family && usable(a.scope)) return a.local
    return undefined
  }
  get sortedRoutes(): Route[] {
    return [...this.routes].sort(compareRoutes)
  }
  /** Somebody answered (or failed to answer) a question for `address` on `device`. */
  learn(device: Device, address: string, mac: string | undefined): void {
    const at = this.neighbours.findIndex((n) => n.address === address && n.device === device)
    if (at >= 0 && this.neighbours[at]?.permanent) return
    const neighbour: Neighbour = { address, device, mac, permanent: false, failed: mac === undefined, confirmed: this.machine.clock.monotonic }
    if (at >= 0) this.neighbours[at] = neighbour
    else this.neighbours.push(neighbour)
  }

  // ── other namespaces ──────────────────────────────────────────────────────────────────────────────────
  /** The id under which this namespace knows `other`; undefined when it never needed one. */
  idOf(other: NetNamespace): number | undefined {
    return this.ids.get(other)
  }
  byId(id: number): NetNamespace | undefined {
    for (const [other, known] of this.ids) if (known === id) return other
    return undefined
  }
  /** Gives `other` an id: the wanted one, or the lowest free one. */
  assignId(other: NetNamespace, wanted?: number): number {
    const known = this.ids.get(other)
    if (known !== undefined) return known
    const taken = new Set(this.ids.values())
    if (wanted !== undefined && taken.has(wanted)) throw new Errno('EEXIST')
    let id = wanted ?? 0
    while (taken.has(id)) id++
    this.ids.set(other, id)
    return id
  }
  private knowEachOther(other: NetNamespace): void {
    if (other === this) return
    this.assignId(other)
    other.assignId(this)
  }
  /** Nothing holds the namespace any more (cleanup_net): virtual devices end, with their peers elsewhere; cards are unplugged. */
  destroy(): void {
    for (const device of [...this.devices.values()]) if (!(device instanceof Loopback) && this.devices.has(device.ifindex)) this.remove(device)
    for (const other of this.ids.keys()) other.ids.delete(this)
    this.ids.clear()
    this.sockets.clear()
  }
  /** The addresses of this namespace that a broadcast address of IPv4 belongs to. */
  broadcastOf(local: string, length: number): string {
    return lastAddress(network(local, length))
  }
}

export interface VethEnd {
  readonly name: string
  readonly mac?: string
  readonly mtu?: number
  readonly ifindex?: number
  readonly txqlen?: number
}
