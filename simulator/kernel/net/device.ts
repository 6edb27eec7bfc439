/**
 * Network devices (netdevice(7), ip-link(8)). What `ip` shows of a device is derived: flags, operational state and carrier
 * follow from who is up at both ends, as net/core/link_watch.c and the drivers have it.
 */
import type { Family } from './address'
import type { NetNamespace } from './namespace'
import type { EthernetSegment } from './segment'

export type DeviceKind = 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'dummy'
export type OperState = 'UNKNOWN' | 'DOWN' | 'LOWERLAYERDOWN' | 'UP'
export type Scope = 'global' | 'site' | 'link' | 'host' | 'nowhere'

export interface InterfaceAddress {
  readonly family: Family
  readonly local: string
  readonly length: number
  readonly scope: Scope
  /** The other end of a point-to-point address. */
  readonly peer?: string
  readonly broadcast?: string
  readonly label?: string
  readonly noPrefixRoute?: boolean
  /** Until then (monotonic ns) duplicate address detection runs: `tentative`. */
  readonly tentativeUntil?: number
}

/** Counters of one direction, the columns of /proc/net/dev. */
export class Counters {
  bytes = 0
  packets = 0
  errors = 0
  dropped = 0
  multicast = 0
}

export abstract class Device {
  abstract readonly kind: DeviceKind
  namespace: NetNamespace
  ifindex: number
  name: string
  mac: string
  mtu: number
  /** Transmit queue length; 0 is not shown. */
  txqlen = 1000
  /** IFF_UP: what `ip link set … up` sets. */
  up = false
  /** The root queueing discipline: `noop` until the device first comes up. */
  qdisc = 'noop'
  alias = ''
  master: Bridge | undefined
  /** Its place on the bridge it belongs to. */
  port: BridgePort | undefined
  readonly addresses: InterfaceAddress[] = []
  readonly received = new Counters()
  readonly sent = new Counters()

  constructor(namespace: NetNamespace, ifindex: number, name: string, mac: string, mtu: number) {
    this.namespace = namespace
    this.ifindex = ifindex
    this.name = name
    this.mac = mac
    this.mtu = mtu
  }
  /** Is the other end there (IFF_LOWER_UP when up too). */
  abstract get carrier(): boolean
  /** The qdisc it gets when it first comes up. */
  get defaultQdisc(): string {
    return 'noqueue'
  }
  /** The device below or opposite, when there is one (IFLA_LINK). */
  get lower(): Device | undefined {
    return undefined
  }
  get running(): boolean {
    return this.up && this.carrier
  }
  get operstate(): OperState {
    if (this.running) return 'UP'
    return this.up && this.lower ? 'LOWERLAYERDOWN' : 'DOWN'
  }
  get broadcast(): string {
    return 'ff:ff:ff:ff:ff:ff'
  }
  /** IFF_* in the order in which ip(8) prints them. */
  get flags(): string[] {
    const flags = ['BROADCAST', 'MULTICAST']
    if (this.up && !this.carrier) flags.unshift('NO-CARRIER')
    if (this.up) flags.push('UP')
    if (this.running) flags.push('LOWER_UP')
    return flags
  }
}

export class Loopback extends Device {
  readonly kind = 'loopback'
  constructor(namespace: NetNamespace, ifindex: number) {
    super(namespace, ifindex, 'lo', '00:00:00:00:00:00', 65536)
  }
  get carrier(): boolean {
    return this.up
  }
  override get operstate(): OperState {
    return this.up ? 'UNKNOWN' : 'DOWN'
  }
  override get broadcast(): string {
    return '00:00:00:00:00:00'
  }
  override get flags(): string[] {
    return this.up ? ['LOOPBACK', 'UP', 'LOWER_UP'] : ['LOOPBACK']
  }
}

/** A card, plugged into a segment (or, in a capture, into a world that nobody recorded). */
export class EthernetDevice extends Device {
  readonly kind = 'ethernet'
  segment: EthernetSegment | undefined
  override get defaultQdisc(): string {
    return 'fq_codel'
  }
  get carrier(): boolean {
    return this.segment !== undefined
  }
}

export class DummyDevice extends Device {
  readonly kind = 'dummy'
  get carrier(): boolean {
    return true
  }
  override get operstate(): OperState {
    return this.up ? 'UNKNOWN' : 'DOWN'
  }
  override get flags(): string[] {
    return this.up ? ['BROADCAST', 'NOARP', 'UP', 'LOWER_UP'] : ['BROADCAST', 'NOARP']
  }
}

/** One end of a veth pair (veth(4)). */
export class Veth extends Device {
  readonly kind = 'veth'
  /** The other end; gone only while the pair is being made. */
  peer: Veth | undefined
  get carrier(): boolean {
    return this.up && this.peer?.up === true
  }
  override get lower(): Device | undefined {
    return this.peer
  }
}

export interface BridgePort {
  readonly number: number
  hairpin: boolean
}

export class Bridge extends Device {
  readonly kind = 'bridge'
  /** Set by hand: the address then no longer follows the ports. */
  fixedMac = false
  /** It has looked at its ports once (br_port_state_selection): until then a new bridge keeps its carrier, without ports too. */
  selected = false
  get ports(): Device[] {
    return [...this.namespace.devices.values()].filter((device) => device.master === this)
  }
  get carrier(): boolean {
    return this.up && (!this.selected || this.ports.some((port) => port.running))
  }
  override get operstate(): OperState {
    return this.up && !this.selected ? 'UNKNOWN' : super.operstate
  }
  freePort(): number {
    const taken = new Set(this.ports.map((device) => device.port?.number))
    for (let number = 1; ; number++) if (!taken.has(number)) return number
  }
}
