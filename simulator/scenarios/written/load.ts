/** A written scenario stands up: machines are switched on, daemons start, the API server gets its manifests, pods come up by the real path. */
import { Clock } from '../../kernel/clock'
import { isErrno } from '../../kernel/errno'
import { resumeFiber } from '../../kernel/kernel'
import { NetNamespace } from '../../kernel/net/namespace'
import { EthernetSegment } from '../../kernel/net/segment'
import type { Run } from '../../kernel/run'
import { Scheduler } from '../../kernel/scheduler'
import type { Sys } from '../../kernel/sys'
import { spawnFrom } from '../../machine/init'
import { Machine } from '../../machine/machine'
import { CONTAINERD_SOCKET, dialContainerd } from '../../containerd/services'
import { dialApi } from '../../kubernetes/api/client'
import { resourceOfKind } from '../../kubernetes/api/kinds'
import type { ApiObject } from '../../kubernetes/api/objects'
import { addressOf, bootNode, connect, give, type NodeSources, routerAddress } from './node'
import { allotmentsOf } from './facts'
import type { Scenario } from './schema'

export interface WrittenOptions extends NodeSources {
  readonly hostNow: () => number
}

/** A name for the manifest's pod, or what else it is. */
const isObject = (value: unknown): value is ApiObject => typeof value === 'object' && value !== null && 'kind' in value && 'apiVersion' in value && 'metadata' in value

const HOUR_NS = 3_600_000_000_000
const RETRY_NS = 1_000_000_000

/** Boots the machines and lets the clock run to the scenario's start. Throws where the host would have to load something meanwhile. */
export function loadWritten(scenario: Scenario, options: WrittenOptions): Machine {
  const { machine, proceed } = switchOn(scenario, options)
  if (proceed() === 'parked') throw new Error('a program is not at hand while the machines boot: use bootWritten')
  return machine
}

/** The same for a host that loads programs as they are run. */
export async function bootWritten(scenario: Scenario, options: WrittenOptions): Promise<Machine> {
  const { machine, proceed } = switchOn(scenario, options)
  while (proceed() === 'parked') await machine.loaded()
  return machine
}

/** The machines, and what lets them run to the scenario's start: `parked` when the host must load something first. */
function switchOn(scenario: Scenario, options: WrittenOptions): { readonly machine: Machine; readonly proceed: () => 'parked' | 'started' } {
  const clock = new Clock({ sec: Date.parse(scenario.boot) / 1000, nsec: 0 })
  const scheduler = new Scheduler(clock, resumeFiber)
  const machine = new Machine(scheduler, options.hostNow)
  const segments = new Map<string, EthernetSegment>()
  const sources = { ...options, allotments: allotmentsOf(scenario) }
  for (const spec of scenario.nodes) {
    const node = bootNode(scenario, spec, sources, scheduler)
    machine.nodes.set(spec.name, node)
    const gateway = routerAddress(spec.address)
    const segment = segments.get(gateway) ?? new EthernetSegment(gateway)
    segments.set(gateway, segment)
    connect(node, spec, segment)
  }
  route(scenario, machine, segments)
  submit(scenario, machine)
  stock(scenario, machine)
  const start = clock.monotonicAt({ sec: Date.parse(scenario.start) / 1000, nsec: 0 })
  const proceed = (): 'parked' | 'started' => {
    const end = scheduler.run({ until: start, expired: () => false })
    if (machine.loading) return 'parked'
    if (end.state === 'busy') scheduler.run({ until: start + HOUR_NS, expired: () => clock.monotonic >= start })
    if (machine.loading) return 'parked'
    for (const spec of scenario.nodes) {
      const { pidNamespace } = machine.node(spec.name).kernel
      pidNamespace.lastPid = Math.max(pidNamespace.lastPid, spec.startPid ?? 0)
    }
    return 'started'
  }
  return { machine, proceed }
}

/** The router between the nodes' networks. It belongs to nobody's node. */
function route(scenario: Scenario, machine: Machine, segments: ReadonlyMap<string, EthernetSegment>): void {
  const first = machine.nodes.values().next().value
  if (!first) return
  const router = new NetNamespace(0, first.kernel)
  router.forwarding = true
  // The world beyond does not answer.
  router.addRoute({ destination: { family: 'inet', address: '0.0.0.0', length: 0 }, device: router.loopback, protocol: 'static', scope: 'global', metric: 0, type: 'blackhole' })
  for (const [gateway, segment] of segments) {
    const card = router.addEthernet(`lan${segments.size - router.devices.size}`)
    segment.plug(card)
    card.segment = segment
    give(router, card, `${gateway}/24`)
    for (const spec of scenario.nodes) {
      if (routerAddress(spec.address) !== gateway || !spec.podCIDR) continue
      const [address = '', length = '24'] = spec.podCIDR.split('/')
      router.addRoute({ destination: { family: 'inet', address, length: Number(length) }, device: card, gateway: addressOf(spec), protocol: 'static', scope: 'global', metric: 0, type: 'unicast' })
    }
  }
}

/** Gives the manifests to the API server, as an installer does after the control plane is up. */
function submit(scenario: Scenario, machine: Machine): void {
  const manifests = (scenario.manifests ?? []).flatMap((m: unknown) => (isObject(m) ? [m] : []))
  if (manifests.length === 0) return
  const host = machine.node(scenario.login.host)
  spawnFrom(host.init, (sys) => untilDone(sys, () => install(sys, manifests)))
}

/** Has every node pull the images that are to lie there. */
function stock({ images = [] }: Scenario, machine: Machine): void {
  if (images.length === 0) return
  for (const { init } of machine.nodes.values()) spawnFrom(init, (sys) => untilDone(sys, () => pullAll(sys, images)))
}

function* pullAll(sys: Sys, images: readonly string[]): Run {
  const client = dialContainerd(sys, CONTAINERD_SOCKET)
  for (const name of images) yield* sys.call(client, ({ cri }) => cri.image.pullImage(name))
}

function* install(sys: Sys, manifests: readonly ApiObject[]): Run {
  const { api, close } = yield* dialApi(sys, '127.0.0.1')
  for (const object of manifests) {
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (resource) yield* sys.call(api, (server) => server.as('kubeadm').create(resource, object))
  }
  close()
}

/** Again from the beginning, until whom it talks to is there. */
function* untilDone(sys: Sys, work: () => Run): Run<number> {
  for (;;) {
    try {
      yield* work()
      return 0
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* sys.sleep(RETRY_NS)
    }
  }
}
