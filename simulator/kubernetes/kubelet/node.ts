/** The node in the API: its kubelet registers it, renews its lease every ten seconds, and reports its state every five minutes or when it changes (kubelet_node_status.go, nodelease). */
import { readOrEmpty } from '../../containerd/runc/cgroups'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { newConditions, newNode } from '../api/defaults'
import type { ApiObject, NodeObject } from '../api/objects'
import type { ApiServer } from '../api/server'
import { apiTime, nodes } from '../api/server'
import { ApiStatus } from '../api/status'
import type { KubeletOptions } from './kubelet'

type Call = <T>(work: (server: ApiServer) => Run<T>) => Run<T>

export function* register(sys: Sys, api: Call, options: KubeletOptions): Run {
  const { release } = sys.uname()
  const machineID = (yield* readOrEmpty(sys, '/etc/machine-id'))?.trim() ?? ''
  const node = newNode(options.nodeName, options.nodeIP, options.version, options.labels, options.taints, apiTime(sys.now().sec), {
    bootID: (yield* readOrEmpty(sys, '/proc/sys/kernel/random/boot_id'))?.trim() ?? '', machineID, systemUUID: machineID, kernelVersion: release, osImage: /^PRETTY_NAME="(.*)"$/m.exec((yield* readOrEmpty(sys, '/etc/os-release')) ?? '')?.[1] ?? 'Linux',
    containerRuntimeVersion: options.runtimeVersion,
  })
  try {
    yield* api((server) => server.create(nodes(), node))
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
  }
}

const LEASE_NS = 10_000_000_000
/** Where in these ten seconds it falls. */
const LEASE_PHASE_NS = 3_700_000_000
/** Looking after a node costs a little more than a hundredth of a CPU (recording: golden notes-pod, ps). */
const WORK_US = 140_000
/** Longer than the scheduler's own: a node boots through a hundred heartbeats, and each slice is a step. A key waits no longer for one than a page notices. */
const SLICE_US = 35_000

/** A node that others took for lost says how it is. */
function* restate(sys: Sys, api: Call, nodeName: string): Run {
  const now = apiTime(sys.now().sec)
  const found = yield* api((server) => server.get(nodes(), undefined, nodeName))
  if (!isNode(found) || found.status.conditions.every((c) => c.status !== 'Unknown')) return
  const well: NodeObject = { ...found, status: { ...found.status, conditions: newConditions(now) } }
  yield* api((server) => server.update(nodes(), well))
}

const isNode = (object: ApiObject): object is NodeObject => object.kind === 'Node'

/** What the server refuses now is asked again with the next heartbeat. */
function* quietly(work: () => Run): Run {
  try {
    yield* work()
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
  }
}

/** The heartbeat. */
export function* renewLease(sys: Sys, api: Call, nodeName: string): Run<never> {
  for (;;) {
    yield* api((server) => server.renewNodeLease(nodeName))
    yield* quietly(() => restate(sys, api, nodeName))
    for (let done = 0; done < WORK_US; done += SLICE_US) if (sys.spend(SLICE_US)) yield 'preempted'
    yield* sys.sleep(LEASE_NS - ((sys.monotonic() - LEASE_PHASE_NS) % LEASE_NS))
  }
}
