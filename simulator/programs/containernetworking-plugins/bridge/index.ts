/**
 * CNI bridge (plugins/main/bridge 1.1.1): a bridge on the host, a veth pair into the container's namespace, an address from the
 * address plugin, routes, and the bridge as gateway.
 */
import { runPlugin } from '../../../cni/invoke'
import { CniFailure, type Request, cniPlugin, inNetns } from '../plugin'
import { type CniResult, cniResult } from '../../../cni/types'
import { isErrno } from '../../../kernel/errno'
import { lastAddress, parsePrefix } from '../../../kernel/net/address'
import { defaultRoute } from '../../../kernel/net/netlink'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

const DEFAULT_BRIDGE = 'cni0'

/** The plugin that gives out addresses runs with our own environment and input. */
function* ipam({ sys, config, input }: Request, command: 'ADD' | 'DEL'): Run<CniResult | undefined> {
  const type = config.ipam?.type
  if (!type) return undefined
  const environment = new Map(sys.env).set('CNI_COMMAND', command)
  const { code, output } = yield* runPlugin(sys, `${sys.env.get('CNI_PATH') ?? '/opt/cni/bin'}/${type}`, environment, input)
  if (code === 'missing') throw new CniFailure(`failed to find plugin "${type}" in path [${sys.env.get('CNI_PATH') ?? ''}]`)
  if (code !== 0) {
    const value: unknown = JSON.parse(output)
    throw new CniFailure(typeof value === 'object' && value !== null && 'msg' in value ? String(value.msg) : output)
  }
  return command === 'ADD' ? cniResult(JSON.parse(output), 'Result') : undefined
}

const link = (sys: Sys, name: string) => sys.net.links().find((each) => each.name === name)

function ensureBridge(sys: Sys, name: string, mtu: number | undefined): void {
  if (!link(sys, name)) sys.net.addLink({ name, kind: 'bridge', ...(mtu ? { mtu } : {}) })
  else if (link(sys, name)?.kind !== 'bridge') throw new CniFailure(`"${name}" already exists but is not a bridge`)
  sys.net.setLink(name, { up: true })
}

/** `veth` and four random bytes, as ip.RandomVethName makes it. */
const randomName = (sys: Sys): string => `veth${sys.random().toString(16).padStart(8, '0')}`

const commentOf = ({ config, containerId }: Request): string => `name: "${config.name}" id: "${containerId}"`

export default cniPlugin({
  name: 'bridge',
  summary: 'CNI plugin: connects a container to a bridge by a veth pair',
  *add(request) {
    const { sys, config, netns, ifName } = request
    const version = config.cniVersion ?? '0.3.1'
    const bridge = config.bridge ?? DEFAULT_BRIDGE
    ensureBridge(sys, bridge, config.mtu)
    const hostName = randomName(sys)
    yield* inNetns(sys, netns, (home) => {
      if (link(sys, ifName)) throw new CniFailure(`container veth name provided (${ifName}) already exists`)
      sys.net.addLink({ name: ifName, kind: 'veth', txqlen: 0, ...(config.mtu ? { mtu: config.mtu } : {}), peer: { name: hostName, netns: { fd: home } } })
      sys.net.setLink(ifName, { up: true })
    })
    sys.net.setLink(hostName, { up: true })
    sys.net.setLink(hostName, { master: bridge })
    if (config.hairpinMode) sys.net.setLink(hostName, { hairpin: true })

    const given = yield* ipam(request, 'ADD')
    const ips = given?.ips ?? []
    if (given && ips.length === 0) throw new CniFailure('IPAM plugin returned missing IP config')
    const gateways = config.isGateway || config.isDefaultGateway
    yield* inNetns(sys, netns, () => {
      for (const { address } of ips) {
        const prefix = parsePrefix(address)
        if (!prefix) throw new CniFailure(`invalid CIDR address: ${address}`)
        const broadcast = prefix.family === 'inet' ? { broadcast: lastAddress(prefix) } : {}
        sys.net.addAddress(ifName, { local: prefix.host, length: prefix.length, ...broadcast })
      }
      for (const route of given?.routes ?? []) {
        const six = route.dst.includes(':')
        const gateway = route.gw ?? ips.find((ip) => ip.address.includes(':') === six)?.gateway
        const to = parsePrefix(route.dst)
        if (!to) throw new CniFailure(`invalid CIDR address: ${route.dst}`)
        sys.net.addRoute({ destination: to.length === 0 ? defaultRoute(to.family) : to, device: ifName, ...(gateway ? { gateway } : {}) }, 'add')
      }
    })
    if (gateways) {
      for (const { address, gateway } of ips) giveGateway(sys, bridge, address, gateway)
      sys.net.setForwarding('on')
    }
    if (config.ipMasq) {
      for (const { address } of ips) {
        const prefix = parsePrefix(address)
        if (prefix) sys.net.addNat({ kind: 'masquerade', source: { family: prefix.family, address: prefix.host, length: prefix.family === 'inet' ? 32 : 128 }, owner: commentOf(request) })
      }
    }
    const inside = yield* inNetns(sys, netns, () => link(sys, ifName)?.mac ?? '')
    return {
      cniVersion: version,
      interfaces: [{ name: bridge, mac: link(sys, bridge)?.mac ?? '' }, { name: hostName, mac: link(sys, hostName)?.mac ?? '' }, { name: ifName, mac: inside, sandbox: netns }],
      ips: ips.map(({ version: v, ...ip }) => ({ ...(v ? { version: v } : {}), interface: 2, ...ip })),
      ...(given?.routes ? { routes: given.routes } : {}), dns: given?.dns ?? {},
    }
  },
  *del(request) {
    const { sys, netns, ifName } = request
    yield* ipam(request, 'DEL')
    sys.net.removeNat(commentOf(request))
    if (netns === '' || !sys.access(netns, {})) return
    yield* inNetns(sys, netns, () => {
      try {
        sys.net.removeLink(ifName)
      } catch (error) {
        if (!isErrno(error, 'ENODEV')) throw error
      }
    })
  },
})

/** The bridge takes the gateway's address and, from then on, keeps its MAC whatever its ports do. */
function giveGateway(sys: Sys, bridge: string, address: string, gateway: string | undefined): void {
  const prefix = parsePrefix(address)
  const own = link(sys, bridge)
  if (!prefix || !gateway || !own || own.addresses.some((a) => a.local === gateway)) return
  const broadcast = prefix.family === 'inet' ? { broadcast: lastAddress(prefix) } : {}
  sys.net.addAddress(bridge, { local: gateway, length: prefix.length, ...broadcast })
  sys.net.setLink(bridge, { mac: own.mac })
}
