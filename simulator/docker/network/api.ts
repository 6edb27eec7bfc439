/** Endpoints of networks (api/server/router/network, daemon/network.go). */
import type { Run } from '../../kernel/run'
import type { Engine } from '../engine'
import { forbidden, invalid, isEngineError } from '../error'
import { NO_ENDPOINT } from '../containers/create'
import { hasLabel } from '../images/list'
import { prunable } from '../prune'
import type { Filters, NetworksApi, Shown } from '../services'
import type { Stored } from '../types'
import { takeEndpoint } from './endpoints'
import { type Network, PREDEFINED } from './networks'
import { plugIn, unplug } from './sandbox'

const ACCEPTED = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']

const running = ({ containers }: Engine, network: Network): Stored[] => containers.values().filter(({ State, Network: { Networks } }) => State.Running && Networks[network.name]?.EndpointID)

function shown(engine: Engine, network: Network): Shown {
  const { id, name, created, driver, internal, attachable, labels, options, subnet, gateway, ipRange, shown: parts } = network
  const isOwn = !PREDEFINED.includes(name)
  const config = { Subnet: subnet, ...(parts.includes('range') ? { IPRange: ipRange } : {}), ...(parts.includes('gateway') ? { Gateway: gateway } : {}) }
  const Containers = Object.fromEntries(
    running(engine, network).sort((a, b) => (a.ID < b.ID ? -1 : 1)).map(({ ID, Name, Network: { Networks } }) => {
      const { EndpointID = '', MacAddress = '', IPAddress = '', IPPrefixLen = 0 } = Networks[name] ?? {}
      return [ID, { Name: Name.slice(1), EndpointID, MacAddress, IPv4Address: IPAddress === '' ? '' : `${IPAddress}/${IPPrefixLen}`, IPv6Address: '' }]
    }),
  )
  return {
    Name: name, Id: id, Created: created, Scope: 'local', Driver: driver, EnableIPv6: false, IPAM: { Driver: 'default', Options: isOwn ? {} : null, Config: driver === 'bridge' ? [config] : [] }, Internal: internal, Attachable: attachable,
    Ingress: false, ConfigFrom: { Network: '' }, ConfigOnly: false, Containers, Options: options, Labels: labels,
  }
}

function fits(engine: Engine, network: Network, filters: Filters): boolean {
  const is = (name: string, test: (value: string) => boolean): boolean => filters[name]?.some(test) ?? true
  const isPredefined = PREDEFINED.includes(network.name)
  return (
    is('driver', (value) => network.driver === value) && is('id', (value) => network.id.startsWith(value)) && is('name', (value) => network.name.includes(value)) && is('scope', (value) => value === 'local') &&
    is('type', (value) => (value === 'builtin') === isPredefined) && (filters.label?.every((value) => hasLabel(network.labels, value)) ?? true) &&
    is('dangling', (value) => (!isPredefined && running(engine, network).length === 0) === /^(true|1)$/.test(value))
  )
}

export function networksApi(engine: Engine): NetworksApi {
  const { sys, networks, containers, events } = engine
  return {
    *list(filters) {
      const strange = Object.keys(filters).find((name) => !ACCEPTED.includes(name))
      if (strange !== undefined) throw invalid(`Invalid filter '${strange}'`)
      return [...networks.all.values()].filter((network) => fits(engine, network, filters)).sort((a, b) => (a.name < b.name ? -1 : 1)).map((network) => shown(engine, network))
    },
    *inspect(id) {
      return shown(engine, networks.find(id))
    },
    *create(request) {
      const { id, name, driver } = yield* networks.create(request)
      events.log('network', 'create', id, { name, type: driver })
      return id
    },
    *remove(id) {
      const network = networks.find(id)
      if (PREDEFINED.includes(network.name)) throw forbidden(`${network.name} is a pre-defined network and cannot be removed`)
      if (running(engine, network).length > 0) throw forbidden(`error while removing network: network ${network.name} id ${network.id} has active endpoints`)
      yield* networks.remove(network)
      events.log('network', 'destroy', network.id, { name: network.name, type: network.driver })
    },
    *connect(id, text, { Aliases, IPv4Address }) {
      const network = networks.find(id)
      const container = containers.find(text)
      const { ID, State, Name, Network, HostConfig } = container
      if (HostConfig.NetworkMode === 'host' || network.driver === 'host') throw forbidden(network.driver === 'host' ? 'container cannot be connected to host network if not host' : 'container sharing network namespace with another container or host cannot be connected to any other network')
      if (HostConfig.NetworkMode.startsWith('container:')) throw forbidden('container sharing network namespace with another container or host cannot be connected to any other network')
      if (Network.Networks[network.name]) throw forbidden(`endpoint with name ${Name.slice(1)} already exists in network ${network.name}`)
      const settings = { ...NO_ENDPOINT, IPAMConfig: IPv4Address === undefined ? {} : { IPv4Address }, Aliases: network.name === 'bridge' ? [] : [...(Aliases ?? []), ID.slice(0, 12)] }
      const endpoint = State.Running ? takeEndpoint(engine, network, settings) : settings
      const route = Object.values(Network.Networks).some(({ Gateway }) => Gateway !== '') ? 'none' : 'default'
      if (State.Running) yield* plugIn(sys, Network.SandboxID, network, endpoint, route)
      yield* containers.change(ID, { Network: { ...Network, Networks: { ...Network.Networks, [network.name]: endpoint } } })
      events.log('network', 'connect', network.id, { container: ID, name: network.name, type: network.driver })
    },
    *disconnect(id, text) {
      const network = networks.find(id)
      const { ID, State, Network, HostConfig } = containers.find(text)
      const { [network.name]: endpoint, ...left } = Network.Networks
      if (HostConfig.NetworkMode === 'host') throw forbidden('container cannot be disconnected from host network or connected to host network')
      if (!endpoint) throw forbidden(`container ${ID} is not connected to network ${network.name}`)
      if (State.Running) {
        yield* unplug(sys, Network.SandboxID, endpoint.IPAddress)
        networks.release(network, endpoint.IPAddress)
      }
      yield* containers.change(ID, { Network: { ...Network, Networks: left } })
      events.log('network', 'disconnect', network.id, { container: ID, name: network.name, type: network.driver })
    },
    *prune(filters) {
      const fits = prunable('network', filters)
      const names: string[] = []
      for (const network of [...networks.all.values()]) {
        if (PREDEFINED.includes(network.name) || running(engine, network).length > 0 || !fits(network.labels)) continue
        yield* quietRemove(network)
        names.push(network.name)
      }
      return names
    },
  }
  function* quietRemove(network: Network): Run {
    try {
      yield* networks.remove(network)
    } catch (error) {
      if (!isEngineError(error)) throw error
    }
  }
}

