/** Configuration and results of the Container Network Interface (CNI specification 0.3.1 to 1.0.0). */
import * as z from 'zod/mini'

const Dns = z.object({ nameservers: z.optional(z.array(z.string())), domain: z.optional(z.string()), search: z.optional(z.array(z.string())), options: z.optional(z.array(z.string())) })
const CniRoute = z.object({ dst: z.string(), gw: z.optional(z.string()) })

export const CniResult = z.object({
  cniVersion: z.string(),
  interfaces: z.optional(z.array(z.object({ name: z.string(), mac: z.optional(z.string()), sandbox: z.optional(z.string()) }))),
  ips: z.optional(z.array(z.object({ version: z.optional(z.string()), interface: z.optional(z.number()), address: z.string(), gateway: z.optional(z.string()) }))),
  routes: z.optional(z.array(CniRoute)),
  dns: z.optional(Dns),
})
export type CniResult = z.infer<typeof CniResult>

export const Ipam = z.object({
  type: z.string(),
  ranges: z.optional(z.array(z.array(z.object({ subnet: z.string(), rangeStart: z.optional(z.string()), rangeEnd: z.optional(z.string()), gateway: z.optional(z.string()) })))),
  subnet: z.optional(z.string()),
  rangeStart: z.optional(z.string()),
  rangeEnd: z.optional(z.string()),
  gateway: z.optional(z.string()),
  routes: z.optional(z.array(CniRoute)),
  dataDir: z.optional(z.string()),
})
export type Ipam = z.infer<typeof Ipam>

export const PortMapping = z.object({ hostPort: z.number(), containerPort: z.number(), protocol: z.string(), hostIP: z.optional(z.string()) })
export type PortMapping = z.infer<typeof PortMapping>

/** What a plugin gets on standard input. */
export const PluginConfig = z.looseObject({
  cniVersion: z.optional(z.string()),
  name: z.optional(z.string()),
  type: z.optional(z.string()),
  bridge: z.optional(z.string()),
  isGateway: z.optional(z.boolean()),
  isDefaultGateway: z.optional(z.boolean()),
  ipMasq: z.optional(z.boolean()),
  hairpinMode: z.optional(z.boolean()),
  mtu: z.optional(z.number()),
  ipam: z.optional(Ipam),
  prevResult: z.optional(CniResult),
  capabilities: z.optional(z.record(z.string(), z.boolean())),
  runtimeConfig: z.optional(z.object({ portMappings: z.optional(z.array(PortMapping)) })),
})
export type PluginConfig = z.infer<typeof PluginConfig>

export const NetworkList = z.looseObject({ cniVersion: z.optional(z.string()), name: z.string(), plugins: z.array(PluginConfig) })
export type NetworkList = z.infer<typeof NetworkList>

/** The numbers of the specification's well-known errors that are used here. */
export const CNI_ERRORS = { incompatibleVersion: 1, decoding: 6, invalidConfig: 7, invalidEnvironment: 4, internal: 999, tryLater: 11, plugin: 100 } as const
