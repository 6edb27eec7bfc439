/**
 * What programs get as `sys.net`: the questions and changes of rtnetlink(7) and sock_diag(7), typed. Answers are copies; changes
 * need CAP_NET_ADMIN and fail with the errno that the kernel sends back ("RTNETLINK answers: …").
 */
import type { Credentials } from '../credentials'
import type { ErrnoName } from '../errno'
import type { Family, Prefix } from './address'
import type { Counters, DeviceKind, InterfaceAddress, OperState, Scope } from './device'
import type { NetNamespace } from './namespace'
import type { NatRule } from './nat'
import type { Route } from './route'
import type { TcpState } from './tcp'

export interface LinkView {
  readonly index: number
  readonly name: string
  readonly kind: DeviceKind
  readonly flags: readonly string[]
  readonly up: boolean
  readonly mtu: number
  readonly qdisc: string
  readonly state: OperState
  readonly txqlen: number
  readonly mac: string
  readonly broadcast: string
  readonly alias: string
  readonly master: string | undefined
  /** IFLA_LINK: the index of the device below or opposite, and who it is when it lives in this namespace. */
  readonly lower: { readonly index: number; readonly name: string | undefined; readonly up: boolean } | undefined
  readonly netnsId: number | undefined
  /** Who answers at the other end of the cable: what a bridge learns of its port. */
  readonly peerMac: string | undefined
  readonly port: { readonly number: number; readonly hairpin: boolean; readonly forwarding: boolean } | undefined
  readonly addresses: readonly AddressView[]
  readonly received: Readonly<Counters>
  readonly sent: Readonly<Counters>
}

export interface AddressView extends InterfaceAddress {
  readonly tentative: boolean
}

export interface RouteView extends Omit<Route, 'device'> {
  readonly device: string
  /** The device is up but nothing is at its other end. */
  readonly linkdown: boolean
}

export interface NeighbourView {
  readonly address: string
  readonly device: string
  readonly mac: string | undefined
  readonly state: 'PERMANENT' | 'FAILED' | 'REACHABLE' | 'STALE'
}

/** Another namespace, as a task can name it. */
export type NetnsReference = { readonly fd: number } | { readonly pid: number }

export interface LinkSpec {
  readonly name?: string
  readonly kind: 'veth' | 'bridge' | 'dummy'
  readonly mac?: string
  readonly mtu?: number
  readonly txqlen?: number
  readonly peer?: { readonly name?: string; readonly mac?: string; readonly mtu?: number; readonly netns?: NetnsReference }
}

export interface LinkChange {
  readonly up?: boolean
  readonly mtu?: number
  readonly mac?: string
  readonly name?: string
  readonly alias?: string
  readonly txqlen?: number
  /** null: out of its bridge. */
  readonly master?: string | null
  readonly hairpin?: boolean
  readonly netns?: NetnsReference
}

export interface AddressSpec {
  readonly local: string
  readonly length: number
  readonly scope?: Scope
  readonly broadcast?: string
  readonly label?: string
  readonly peer?: string
}

export interface RouteSpec {
  readonly destination: Prefix
  readonly gateway?: string
  readonly device?: string
  readonly source?: string
  readonly scope?: Scope
  readonly protocol?: Route['protocol']
  readonly metric?: number
  readonly onlink?: boolean
  readonly type?: Route['type']
}

export interface SocketView {
  readonly protocol: 'tcp' | 'udp' | 'unix'
  readonly family: Family | 'unix'
  /** IPV6_V6ONLY. */
  readonly v6only: boolean
  readonly type: 'stream' | 'dgram' | 'raw'
  readonly state: TcpState | 'UNCONN'
  readonly receive: number
  readonly send: number
  readonly local: { readonly address: string; readonly port: number }
  readonly peer: { readonly address: string; readonly port: number }
  readonly uid: number
  readonly inode: number
  /** TIME_WAIT: how long it still lasts, ns. */
  readonly expires: number | undefined
}

/** What became of an ICMP echo request. */
export type Echo =
  | { readonly kind: 'reply'; readonly from: string; readonly source: string; readonly rtt: number; readonly ttl: number }
  /** `by` undefined: the sender's own kernel refused. `after` ns later it is known. */
  | { readonly kind: 'error'; readonly error: ErrnoName; readonly by: string | undefined; readonly after: number; readonly source: string | undefined }

export interface Netlink {
  links(): LinkView[]
  addLink(spec: LinkSpec): void
  setLink(name: string, change: LinkChange): void
  removeLink(name: string): void
  addAddress(device: string, address: AddressSpec): void
  removeAddress(device: string, address: { readonly local: string; readonly length: number }): void
  routes(family: Family): RouteView[]
  /** The local table: what the addresses imply. */
  localRoutes(family: Family): RouteView[]
  /** Where a packet to `address` would go: ENETUNREACH and the like. */
  routeTo(address: string): RouteView & { readonly source: string | undefined; readonly local: boolean }
  addRoute(route: RouteSpec, how: 'add' | 'replace' | 'append'): void
  removeRoute(route: RouteSpec): void
  neighbours(): NeighbourView[]
  setNeighbour(device: string, address: string, mac: string): void
  removeNeighbour(device: string, address: string): void
  /** The id under which this namespace knows another (RTM_GETNSID); undefined: none. */
  netnsId(of: NetnsReference): number | undefined
  setNetnsId(of: NetnsReference, id: number): void
  sockets(): SocketView[]
  nat(): readonly NatRule[]
  addNat(rule: NatRule): void
  removeNat(owner: string): void
  forwarding(): boolean
  setForwarding(state: 'on' | 'off'): void
  echo(to: string, options?: { readonly bytes?: number; readonly ttl?: number; readonly device?: string }): Echo
}

/** What the socket needs of the task that opened it. */
export interface NetlinkCaller {
  readonly namespace: NetNamespace
  readonly credentials: Credentials
  /** The namespace that a descriptor of /proc/PID/ns/net (or a bind mount of it) or a process stands for. EBADF, ESRCH, EINVAL. */
  find(reference: NetnsReference): NetNamespace
}
