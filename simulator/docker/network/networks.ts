/** The networks that the daemon knows (libnetwork controller.go, drivers/bridge): a bridge device for each of that driver, `host` and `none`. Kept in a file between starts. */
import { randomHex } from '../../containerd/digest'
import { exists, makeDirectories } from '../../containerd/files'
import { now } from '../../containerd/time'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { lastAddress, parsePrefix } from '../../kernel/net/address'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { DATA_ROOT } from '../context'
import { conflict, forbidden, invalid, notFound, NotSimulated } from '../error'
import type { NetworkRequest } from '../services'
import type { Labels } from '../types'
import { freeAddress, freePool, gatewayOf, overlaps, prefixOf } from './addresses'

const FILE = `${DATA_ROOT}/network/files/local-kv.db`
export const PREDEFINED = ['bridge', 'host', 'none']
const MTU = 1500
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/

export interface Network {
  readonly id: string
  readonly name: string
  readonly created: string
  readonly driver: 'bridge' | 'host' | 'null'
  readonly internal: boolean
  readonly attachable: boolean
  readonly labels: Labels
  readonly options: Labels
  readonly subnet: string
  /** The bridge's own address. */
  readonly gateway: string
  readonly ipRange: string
  /** Of IPAM's configuration, what is shown: the default bridge's own gateway is not, until it is found again. */
  readonly shown: readonly ('gateway' | 'range')[]
  readonly device: string
}

const BRIDGE_OPTIONS: Labels = {
  'com.docker.network.bridge.default_bridge': 'true', 'com.docker.network.bridge.enable_icc': 'true', 'com.docker.network.bridge.enable_ip_masquerade': 'false',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0', 'com.docker.network.bridge.name': 'docker0', 'com.docker.network.driver.mtu': String(MTU),
}
/** Options of the driver that would change what it does. */
const EFFECTS = ['bridge.host_binding_ipv4', 'bridge.inhibit_ipv4', 'container_iface_prefix', 'driver.mtu'].map((name) => `com.docker.network.${name}`)
const DEFAULT_SUBNET = '172.17.0.0/16'

export class Networks {
  private readonly sys: Sys
  readonly all = new Map<string, Network>()
  /** Addresses that are given out, by network. */
  private readonly taken = new Map<string, Set<string>>()
  private constructor(sys: Sys) {
    this.sys = sys
  }
  static *load(sys: Sys): Run<Networks> {
    const networks = new Networks(sys)
    makeDirectories(sys, FILE.slice(0, FILE.lastIndexOf('/')), 0o750)
    if (exists(sys, FILE)) {
      const known: readonly Network[] = JSON.parse(yield* sys.readText(FILE))
      for (const network of known) networks.all.set(network.id, network.name === 'bridge' ? { ...network, shown: ['gateway'] } : network)
    } else {
      const base = { internal: false, attachable: false, labels: {}, options: {}, subnet: '', gateway: '', ipRange: '', shown: [], device: '' }
      const create = (name: string, rest: Partial<Network> & Pick<Network, 'driver'>): void => {
        const network = { ...base, id: randomHex(sys, 64), name, created: now(sys), ...rest }
        networks.all.set(network.id, network)
      }
      create('none', { driver: 'null' })
      create('host', { driver: 'host' })
      create('bridge', { driver: 'bridge', subnet: DEFAULT_SUBNET, gateway: gatewayOf(DEFAULT_SUBNET), options: BRIDGE_OPTIONS, device: 'docker0' })
      yield* networks.write()
    }
    for (const network of networks.all.values()) if (network.driver === 'bridge') raise(sys, network)
    return networks
  }
  private *write(): Run {
    yield* this.sys.writeFile(FILE, encode(JSON.stringify([...this.all.values()])), { mode: 0o644 })
  }
  named(name: string): Network | undefined {
    return [...this.all.values()].find((network) => network.name === name)
  }
  /** By name, whole id or its beginning. */
  find(text: string): Network {
    const begun = [...this.all.values()].filter(({ id }) => id.startsWith(text))
    const found = this.all.get(text) ?? this.named(text) ?? (begun.length === 1 ? begun[0] : undefined)
    if (begun.length > 1 && !found) throw invalid(`network ${text} is ambiguous (${begun.length} matches found based on ID prefix)`)
    if (!found || text === '') throw notFound(`network ${text} not found`)
    return found
  }
  *create({ name, driver, internal, attachable, labels, options, subnet, gateway, ipRange }: NetworkRequest): Run<Network> {
    const { sys } = this
    if (!NAME.test(name)) throw invalid(`${name} includes invalid characters for a local network name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed`)
    if (PREDEFINED.includes(name)) throw forbidden(`operation is not permitted on predefined ${name} network `)
    if (this.named(name)) throw conflict(`network with name ${name} already exists`)
    if (driver === 'host' || driver === 'null') throw forbidden(`only one instance of "${driver}" network is allowed`)
    if (driver !== 'bridge') throw notFound(`plugin "${driver}" not found`)
    const strange = EFFECTS.find((option) => option in options)
    if (strange !== undefined) throw new NotSimulated(`docker network create --opt ${strange}=`)
    const inUse = [...this.all.values()].flatMap((network) => (network.subnet === '' ? [] : [network.subnet]))
    if (subnet !== undefined && overlaps(subnet, inUse)) throw forbidden('Pool overlaps with other one on this address space')
    const onHost = sys.net.routes('inet').flatMap(({ destination }) => (destination.length === 0 ? [] : [destination]))
    const pool = subnet ?? freePool([...inUse.map(prefixOf), ...onHost])
    const { family, address, length } = prefixOf(pool)
    const id = randomHex(sys, 64)
    const network: Network = {
      id, name, created: now(sys), driver: 'bridge', internal, attachable, labels, options, subnet: `${address}/${length}`, gateway: gateway ?? gatewayOf(pool), ipRange: ipRange ?? '',
      shown: [...(subnet === undefined || gateway !== undefined ? ['gateway' as const] : []), ...(ipRange === undefined ? [] : ['range' as const])],
      device: options['com.docker.network.bridge.name'] ?? `br-${id.slice(0, 12)}`,
    }
    if (family !== 'inet') throw invalid('invalid subnet: IPv6 is not simulated in this lab')
    raise(sys, network)
    this.all.set(id, network)
    yield* this.write()
    return network
  }
  *remove(network: Network): Run {
    this.all.delete(network.id)
    this.taken.delete(network.id)
    try {
      this.sys.net.removeLink(network.device)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    yield* this.write()
  }
  /** An address of the network, the one that is asked for or the next that is free. */
  take(network: Network, wanted: string | undefined): string {
    const taken = this.taken.get(network.id) ?? new Set([network.gateway])
    this.taken.set(network.id, taken)
    if (wanted !== undefined && taken.has(wanted)) throw forbidden('Address already in use')
    const address = wanted ?? freeAddress(network.subnet, network.ipRange || network.subnet, taken)
    taken.add(address)
    return address
  }
  release(network: Network, address: string): void {
    this.taken.get(network.id)?.delete(address)
  }
}

/** The bridge of a network, with the gateway's address; its own goes before it is up (drivers/bridge/setup_device.go). */
function raise(sys: Sys, { device, gateway, subnet, internal }: Network): void {
  if (!sys.net.links().some(({ name }) => name === device)) sys.net.addLink({ name: device, kind: 'bridge', mac: `02:42:${[0, 8, 16, 24].map((shift) => ((sys.random() >>> shift) & 0xff).toString(16).padStart(2, '0')).join(':')}` })
  const prefix = parsePrefix(subnet)
  const own = sys.net.links().find(({ name }) => name === device)
  if (prefix && !own?.addresses.some(({ local }) => local === gateway)) sys.net.addAddress(device, { local: gateway, length: prefix.length, broadcast: lastAddress(prefix) })
  sys.net.setLink(device, { up: true })
  if (!internal) sys.net.setForwarding('on')
}
