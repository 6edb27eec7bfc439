/**
 * The way of a packet: routes of the sender, then device by device (a veth's other end, the ports of a bridge, the wire between
 * machines), forwarded by namespaces that route, until somebody owns the address. Who gives up says why, as the kernel's
 * routing, ARP and ICMP would (ip(7), arp(7), icmp(7)).
 */
import type { ErrnoName } from '../errno'
import { isAny, isLinkLocal, isLoopback } from './address'
import { Bridge, type Device, EthernetDevice, Loopback, Veth } from './device'
import type { NetNamespace } from './namespace'
import { type NetEndpoint, masquerades, translate } from './nat'

export interface Hop {
  readonly device: Device
  readonly direction: 'sent' | 'received'
}

export interface Path {
  /** Who gets the packet, and where: after translation. */
  readonly namespace: NetNamespace
  readonly to: NetEndpoint
  /** The sender's own address, and the one that the receiver sees. */
  readonly source: string
  readonly seen: string
  readonly hops: readonly Hop[]
  /** Namespaces that forwarded it. */
  readonly forwards: number
  /** One way, nanoseconds. */
  readonly latency: number
}

export interface Unreachable {
  readonly error: ErrnoName
  /** How long the sender waits until it knows, nanoseconds. */
  readonly after: number
  /** The router that says so (ICMP); undefined: the sender itself found out, or nobody answers. */
  readonly by?: string
}

export type Way = { readonly path: Path } | { readonly unreachable: Unreachable }

const LATENCY = { loopback: 12_000, veth: 9_000, bridge: 6_000, ethernet: 180_000, forward: 8_000 } as const
/** Three ARP questions a second apart. */
const ARP_NS = 3_060_000_000
/** net.ipv4.tcp_syn_retries = 6: 1 + 2 + … + 64 s. */
export const SYN_TIMEOUT_NS = 127_000_000_000
const MAX_HOPS = 64

interface Reached {
  readonly device: Device
  readonly hops: readonly Hop[]
  readonly latency: number
}

/** Every device that an Ethernet frame sent by `from` reaches and that belongs to no bridge: the ends that speak IP. */
function* reach(from: Device): Generator<Reached> {
  const seen = new Set<Device>([from])
  const queue: { device: Device; hops: Hop[]; latency: number; entered: 'from-inside' | 'from-wire' }[] = [
    { device: from, hops: [], latency: 0, entered: 'from-inside' },
  ]
  const visit = (device: Device, hops: Hop[], latency: number, entered: 'from-inside' | 'from-wire') => {
    if (seen.has(device) || !device.up) return
    seen.add(device)
    queue.push({ device, hops, latency, entered })
  }
  for (let at = queue.shift(); at; at = queue.shift()) {
    const { device } = at
    if (at.entered === 'from-wire') {
      const hops: Hop[] = [...at.hops, { device, direction: 'received' }]
      const { master } = device
      if (!master) yield { device, hops, latency: at.latency }
      else if (master.up) {
        if (!seen.has(master)) {
          seen.add(master)
          yield { device: master, hops: [...hops, { device: master, direction: 'received' }], latency: at.latency + LATENCY.bridge }
        }
        for (const port of master.ports) visit(port, hops, at.latency + LATENCY.bridge, 'from-inside')
      }
      continue
    }
    if (!device.running) continue
    const hops: Hop[] = [...at.hops, { device, direction: 'sent' }]
    if (device instanceof Veth && device.peer) visit(device.peer, hops, at.latency + LATENCY.veth, 'from-wire')
    else if (device instanceof EthernetDevice) for (const other of device.segment?.others(device) ?? []) visit(other, hops, at.latency + LATENCY.ethernet, 'from-wire')
    else if (device instanceof Bridge) for (const port of device.ports) visit(port, hops, at.latency + LATENCY.bridge, 'from-inside')
  }
}

/** Asks on `device` who has `address` (ARP, neighbour discovery), and remembers the answer. */
function resolve(namespace: NetNamespace, device: Device, address: string): Reached | undefined {
  for (const found of reach(device)) {
    const owner = found.device.namespace
    const owns = isLinkLocal(address) ? found.device.addresses.some((a) => a.local === address) : owner.localDevice(address) !== undefined
    if (!owns || isLoopback(address)) continue
    namespace.learn(device, address, found.device.mac)
    const back = namespace.sourceFor({ destination: { family: 'inet', address, length: 32 }, device, protocol: 'kernel', scope: 'link', metric: 0, type: 'unicast' })
    if (back) owner.learn(found.device, back, device.mac)
    return found
  }
  namespace.learn(device, address, undefined)
  return undefined
}

export interface Journey {
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly to: NetEndpoint
  /** The address the socket is bound to, if any. */
  readonly source?: string
  readonly through?: Device
}

const fail = (error: ErrnoName, after = 0, by?: string): Way => ({ unreachable: by === undefined ? { error, after } : { error, after, by } })

/** Finds the way from `start` to an address, or who refuses and why. */
export function travel(start: NetNamespace, journey: Journey): Way {
  const { protocol } = journey
  let { to } = journey
  let namespace = start
  let source = journey.source && !isAny(journey.source) ? journey.source : ''
  let seen = ''
  let latency = 0
  let forwards = 0
  let router: string | undefined
  const hops: Hop[] = []
  if (isAny(to.address)) to = { ...to, address: to.address === '::' ? '::1' : '127.0.0.1' }

  for (let limit = MAX_HOPS; limit > 0; limit--) {
    if (protocol !== 'icmp') {
      const here = namespace
      const next = translate(here.nat, protocol, to, (address) => here.localDevice(address) !== undefined, (count) => here.machine.random.uint32() % count)
      if (next === 'refused') return fail('ECONNREFUSED', 2 * latency, router)
      to = next
    }
    if (namespace.localDevice(to.address)) {
      if (!source) source = to.address
      if (hops.length === 0) {
        const { loopback } = namespace
        hops.push({ device: loopback, direction: 'sent' }, { device: loopback, direction: 'received' })
        latency += LATENCY.loopback
      }
      const path: Path = { namespace, to, source, seen: seen || source, hops, forwards, latency }
      return canAnswer(start, path) ? { path } : fail('ETIMEDOUT', SYN_TIMEOUT_NS)
    }
    if (isLoopback(to.address)) return fail('ENETUNREACH', 2 * latency, router)
    const route = namespace.route(to.address, forwards === 0 ? journey.through : undefined)
    if (!route) return fail('ENETUNREACH', 2 * latency, router)
    if (route.type === 'unreachable') return fail('EHOSTUNREACH', 2 * latency, router)
    if (route.type === 'prohibit') return fail('EACCES', 2 * latency, router)
    if (route.type === 'blackhole') return fail(forwards === 0 ? 'EINVAL' : 'ETIMEDOUT', forwards === 0 ? 0 : SYN_TIMEOUT_NS)
    const own = namespace.sourceFor(route)
    if (!source) {
      if (!own) return fail(to.address.includes(':') ? 'EADDRNOTAVAIL' : 'ENETUNREACH', 0)
      source = own
    }
    if (!seen && forwards > 0 && own && masquerades(namespace.nat, source)) seen = own
    const found = resolve(namespace, route.device, route.gateway ?? to.address)
    if (!found) return fail('EHOSTUNREACH', ARP_NS + 2 * latency, router ?? own)
    hops.push(...found.hops)
    latency += found.latency
    namespace = found.device.namespace
    if (namespace.localDevice(to.address)) continue
    if (!namespace.forwarding) return fail('ETIMEDOUT', SYN_TIMEOUT_NS)
    forwards++
    latency += LATENCY.forward
    router = found.device.addresses.find((a) => a.family === (to.address.includes(':') ? 'inet6' : 'inet'))?.local
  }
  return fail('EHOSTUNREACH', 2 * latency, router)
}

/** The receiver must know a way back; who translated the source answers for it. */
function canAnswer(start: NetNamespace, path: Path): boolean {
  const { namespace, seen, source } = path
  if (namespace === start || namespace.localDevice(seen) || seen !== source) return true
  return namespace.route(seen) !== undefined
}

/** Counts a packet on every device it passes. */
export function carry(hops: readonly Hop[], bytes: number): void {
  for (const { device, direction } of hops) {
    const counters = device[direction]
    counters.packets++
    counters.bytes += bytes
  }
}

/** The same way back. */
export const reversed = (hops: readonly Hop[]): Hop[] =>
  [...hops].reverse().map(({ device, direction }) => ({ device, direction: direction === 'sent' ? 'received' : 'sent' }))

/** Bytes of a frame's headers: Ethernet, IP and TCP with timestamps; loopback counts the same (recorded 2026: 66). */
export const TCP_HEADERS = 66
export const isLoop = (hops: readonly Hop[]): boolean => hops.every((hop) => hop.device instanceof Loopback)
