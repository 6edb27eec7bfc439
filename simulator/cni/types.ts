/** Configuration and results of the Container Network Interface (CNI specification 0.3.1 to 1.0.0). */
import { flag, listOf, mapOf, number, type Reader, struct, text } from './shape'

interface Dns {
  nameservers?: string[] | undefined
  domain?: string | undefined
  search?: string[] | undefined
  options?: string[] | undefined
}

interface CniRoute {
  dst: string
  gw?: string | undefined
}

interface Range {
  subnet: string
  rangeStart?: string | undefined
  rangeEnd?: string | undefined
  gateway?: string | undefined
}

export interface CniResult {
  cniVersion: string
  interfaces?: { name: string; mac?: string | undefined; sandbox?: string | undefined }[] | undefined
  ips?: { version?: string | undefined; interface?: number | undefined; address: string; gateway?: string | undefined }[] | undefined
  routes?: CniRoute[] | undefined
  dns?: Dns | undefined
}

export interface Ipam extends Partial<Range> {
  type: string
  ranges?: Range[][] | undefined
  routes?: CniRoute[] | undefined
  dataDir?: string | undefined
}

export interface PortMapping {
  hostPort: number
  containerPort: number
  protocol: string
  hostIP?: string | undefined
}

/** What a plugin gets on standard input, with whatever else stands there. */
export interface PluginConfig {
  cniVersion?: string | undefined
  name?: string | undefined
  type?: string | undefined
  bridge?: string | undefined
  isGateway?: boolean | undefined
  isDefaultGateway?: boolean | undefined
  ipMasq?: boolean | undefined
  hairpinMode?: boolean | undefined
  mtu?: number | undefined
  ipam?: Ipam | undefined
  prevResult?: CniResult | undefined
  capabilities?: Record<string, boolean> | undefined
  runtimeConfig?: { portMappings?: PortMapping[] | undefined } | undefined
}

export interface NetworkList {
  cniVersion?: string | undefined
  name: string
  plugins: PluginConfig[]
}

const texts = listOf(text)
const route: Reader<CniRoute> = struct(({ field, needed }) => ({ dst: needed('dst', text, 'invalid CIDR address: '), gw: field('gw', text) }))

export const cniResult: Reader<CniResult> = struct(({ field, needed }) => ({
  cniVersion: needed('cniVersion', text, 'no cniVersion'),
  interfaces: field('interfaces', listOf(struct((of) => ({ name: of.needed('name', text, 'no name'), mac: of.field('mac', text), sandbox: of.field('sandbox', text) })))),
  ips: field(
    'ips',
    listOf(struct((of) => ({ version: of.field('version', text), interface: of.field('interface', number), address: of.needed('address', text, 'invalid CIDR address: '), gateway: of.field('gateway', text) }))),
  ),
  routes: field('routes', listOf(route)),
  dns: field('dns', struct((of) => ({ nameservers: of.field('nameservers', texts), domain: of.field('domain', text), search: of.field('search', texts), options: of.field('options', texts) }))),
}))

const range: Reader<Range> = struct(({ field, needed }) => ({
  subnet: needed('subnet', text, 'invalid CIDR address: '), rangeStart: field('rangeStart', text), rangeEnd: field('rangeEnd', text), gateway: field('gateway', text),
}))

const ipam: Reader<Ipam> = struct(({ field, needed }) => ({
  type: needed('type', text, 'no type'), ranges: field('ranges', listOf(listOf(range))), subnet: field('subnet', text), rangeStart: field('rangeStart', text), rangeEnd: field('rangeEnd', text),
  gateway: field('gateway', text), routes: field('routes', listOf(route)), dataDir: field('dataDir', text),
}))

const portMapping: Reader<PortMapping> = struct(({ field, needed }) => ({
  hostPort: needed('hostPort', number, 'no hostPort'), containerPort: needed('containerPort', number, 'no containerPort'), protocol: needed('protocol', text, 'no protocol'), hostIP: field('hostIP', text),
}))

export const pluginConfig: Reader<PluginConfig> = struct(({ field, all }) => {
  const known = {
    cniVersion: field('cniVersion', text), name: field('name', text), type: field('type', text), bridge: field('bridge', text), isGateway: field('isGateway', flag),
    isDefaultGateway: field('isDefaultGateway', flag), ipMasq: field('ipMasq', flag), hairpinMode: field('hairpinMode', flag), mtu: field('mtu', number), ipam: field('ipam', ipam),
    prevResult: field('prevResult', cniResult), capabilities: field('capabilities', mapOf(flag)),
    runtimeConfig: field('runtimeConfig', struct((of) => ({ portMappings: of.field('portMappings', listOf(portMapping)) }))),
  }
  return { ...known, ...Object.fromEntries(Object.entries(all).filter(([name]) => !(name in known))) }
})

export const networkList: Reader<NetworkList> = struct(({ field, needed, all }) => ({
  ...all, cniVersion: field('cniVersion', text), name: needed('name', text, 'no name'), plugins: needed('plugins', listOf(pluginConfig), "no 'plugins' key"),
}))

/** The numbers of the specification's well-known errors that are used here. */
export const CNI_ERRORS = { incompatibleVersion: 1, decoding: 6, invalidConfig: 7, invalidEnvironment: 4, internal: 999, tryLater: 11, plugin: 100 } as const
