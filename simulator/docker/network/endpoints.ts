/** A container's places in networks (daemon/container_operations.go): addresses are given before it starts, the cables come when its namespace is there. */
import { randomHex } from '../../containerd/digest'
import type { Run } from '../../kernel/run'
import { NO_ENDPOINT } from '../containers/create'
import type { Engine } from '../engine'
import type { EndpointSettings, PortMap, Stored } from '../types'
import { macOf, prefixOf } from './addresses'
import type { Network } from './networks'
import { endProxy, publish } from './ports'
import { dropSandbox, plugIn } from './sandbox'

/** `default` is the bridge. */
export const networkName = (mode: string): string => (mode === 'default' ? 'bridge' : mode)

export function takeEndpoint(engine: Engine, network: Network, settings: EndpointSettings): EndpointSettings {
  const endpoint = { ...settings, NetworkID: network.id, EndpointID: randomHex(engine.sys, 64) }
  if (network.driver !== 'bridge') return endpoint
  const IPAddress = engine.networks.take(network, settings.IPAMConfig?.IPv4Address)
  return { ...endpoint, Gateway: network.internal ? '' : network.gateway, IPAddress, IPPrefixLen: prefixOf(network.subnet).length, MacAddress: macOf(IPAddress) }
}

/** What a container that is about to start has: a sandbox, and an address in each of its networks. */
export function* allocate(engine: Engine, container: Stored): Run<Stored> {
  const { sys, networks } = engine
  const SandboxID = randomHex(sys, 64)
  const given: Record<string, EndpointSettings> = {}
  try {
    for (const [name, settings] of Object.entries(container.Network.Networks)) {
      const network = networks.find(name)
      given[name] = takeEndpoint(engine, network, { ...NO_ENDPOINT, IPAMConfig: settings.IPAMConfig, Aliases: settings.Aliases })
      engine.events.log('network', 'connect', network.id, { container: container.ID, name: network.name, type: network.driver })
    }
  } catch (error) {
    for (const [name, { IPAddress }] of Object.entries(given)) networks.release(networks.find(name), IPAddress)
    throw error
  }
  return yield* engine.containers.change(container.ID, { Network: { ...container.Network, SandboxID, SandboxKey: `/var/run/docker/netns/${SandboxID.slice(0, 12)}`, Networks: given } })
}

/** The cables of a sandbox whose namespace is kept by now. The first network is the way out. */
export function* plugAll({ sys, networks }: Engine, { Network: { SandboxID, Networks } }: Stored): Run {
  let route: 'default' | 'none' = 'default'
  for (const [name, endpoint] of Object.entries(Networks)) {
    const network = networks.find(name)
    if (network.driver !== 'bridge') continue
    yield* plugIn(sys, SandboxID, network, endpoint, route)
    if (!network.internal) route = 'none'
  }
}

/** Ports that a container shows: those of the image and those that are published. */
export function shownPorts({ Config, HostConfig: host }: Stored): PortMap {
  const all: PortMap = { ...Object.fromEntries(Object.keys(Config.ExposedPorts ?? {}).map((port) => [port, null])), ...host.PortBindings }
  if (!host.PublishAllPorts) return all
  return Object.fromEntries(Object.entries(all).map(([port, bindings]) => [port, bindings ?? [{ HostIp: '', HostPort: '' }]]))
}

export function* publishAll(engine: Engine, container: Stored): Run<Stored> {
  const first = Object.values(container.Network.Networks).find(({ IPAddress }) => IPAddress !== '')
  if (!first) return container
  const { ports, proxies } = yield* publish(engine.sys, container.Name.slice(1), first.IPAddress, shownPorts(container))
  engine.live(container.ID).proxies = proxies
  return yield* engine.containers.change(container.ID, { Network: { ...container.Network, Ports: ports } })
}

/** The container is no longer there. Its networks keep their names, and what was asked for. */
export function* releaseAll(engine: Engine, container: Stored): Run<Stored> {
  const { sys, networks, events } = engine
  const live = engine.live(container.ID)
  for (const pid of live.proxies) endProxy(sys, pid)
  live.proxies = []
  const left: Record<string, EndpointSettings> = {}
  for (const [name, endpoint] of Object.entries(container.Network.Networks)) {
    const network = networks.named(name)
    if (network && endpoint.EndpointID !== '') {
      networks.release(network, endpoint.IPAddress)
      events.log('network', 'disconnect', network.id, { container: container.ID, name: network.name, type: network.driver })
    }
    left[name] = { ...NO_ENDPOINT, IPAMConfig: endpoint.IPAMConfig, Aliases: endpoint.Aliases, NetworkID: endpoint.NetworkID }
  }
  dropSandbox(sys, container.Network.SandboxID)
  return yield* engine.containers.change(container.ID, { Network: { ...container.Network, Ports: {}, Networks: left } })
}
