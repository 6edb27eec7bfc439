/** What containers and pods use (pkg/cri/server container_stats_list_linux.go, sandbox_stats_linux.go). */
import type { Run } from '../../kernel/run'
import { GrpcError } from '../grpc'
import type { StoredContainer, StoredSandbox } from '../metadata/records'
import { groupPaths, readOrEmpty } from '../runc/cgroups'
import type { Metrics } from '../services'
import { OVERLAY_ROOT } from '../services/snapshots'
import { metricsOf } from '../services/tasks'
import { nanoseconds } from '../time'
import { stateOf } from './containers'
import type { CriContext } from './context'
import { needByPrefix, wholeId } from './ids'
import { K8S } from './images'
import { labelsMatch } from './sandboxes'
import type { ContainerStats, CpuAndMemory, PodSandboxStats, RuntimeService } from './services'

const UNLIMITED = 2 ** 62
const NS_PER_S = 1_000_000_000

type Calls = Pick<RuntimeService, 'containerStats' | 'listContainerStats' | 'listPodSandboxStats'>

export function statsCalls(context: CriContext): Calls {
  const { sys, db, services } = context
  /** The last reading of each, from which the next tells the cores in use. */
  const last = new Map<string, { readonly at: bigint; readonly total: number }>()
  const usageOf = (id: string, metrics: Metrics): CpuAndMemory => {
    const timestamp = nanoseconds(sys)
    const { total } = metrics.cpu
    const before = last.get(id)
    const interval = before === undefined ? 0 : Number(timestamp - before.at)
    last.set(id, { at: timestamp, total })
    const inactive = metrics.memoryStat.total_inactive_file ?? 0
    const { usage, limit } = metrics.memory
    const working = inactive < usage ? usage - inactive : 0
    return {
      timestamp, cpuNanoseconds: total, cpuNanoCores: before === undefined || interval <= 0 ? 0 : Math.floor(((total - before.total) / interval) * NS_PER_S),
      memoryWorkingSetBytes: working, memoryAvailableBytes: limit > UNLIMITED ? 0 : limit - working, memoryUsageBytes: usage,
      memoryRssBytes: metrics.memoryStat.total_rss ?? 0, pageFaults: metrics.memoryStat.total_pgfault ?? 0, majorPageFaults: metrics.memoryStat.total_pgmajfault ?? 0,
    }
  }
  const statsOf = function* (c: StoredContainer): Run<ContainerStats> {
    const usage = stateOf(c) === 'CONTAINER_RUNNING' ? usageOf(c.id, yield* services.tasks.metrics(K8S, c.id)) : null
    const layer = yield* services.snapshots.usage(K8S, 'overlayfs', c.id)
    return {
      id: c.id, metadata: { name: c.config.metadata?.name ?? '', attempt: c.config.metadata?.attempt ?? 0 }, labels: c.config.labels ?? {}, annotations: c.config.annotations ?? {}, usage,
      writableLayer: { timestamp: nanoseconds(sys), mountpoint: OVERLAY_ROOT, usedBytes: layer.size, inodesUsed: layer.inodes },
    }
  }
  const listContainers = function* (wanted: (c: StoredContainer) => boolean): Run<ContainerStats[]> {
    const found: ContainerStats[] = []
    for (const c of db.criContainers.values()) if (wanted(c)) found.push(yield* statsOf(c))
    return found
  }
  const podStats = function* (sandbox: StoredSandbox): Run<PodSandboxStats> {
    const parent = sandbox.config.linux?.cgroup_parent ?? ''
    if (parent === '') throw new GrpcError('Unknown', `failed to obtain metrics for sandbox "${sandbox.id}": failed to get cgroup metrics for sandbox ${sandbox.id} because cgroupPath is empty`)
    const metrics = yield* metricsOf(context, sandbox.id, yield* groupPaths(sys, parent, 'systemd'))
    const usage = usageOf(sandbox.id, metrics)
    let processCount = 0
    for (const c of db.criContainers.values()) {
      if (c.sandboxId === sandbox.id && stateOf(c) === 'CONTAINER_RUNNING') processCount += (yield* services.tasks.pids(K8S, c.id)).length
    }
    return {
      id: sandbox.id, metadata: { name: '', uid: '', namespace: '', attempt: 0, ...sandbox.config.metadata }, labels: sandbox.config.labels ?? {}, annotations: sandbox.config.annotations ?? {},
      usage, network: sandbox.netnsPath === '' ? null : yield* trafficOf(context, sandbox), processCount, containers: yield* listContainers((c) => c.sandboxId === sandbox.id),
    }
  }
  return {
    *containerStats(id) {
      return yield* statsOf(needByPrefix(db.criContainers.values(), id, 'failed to find container', context.release))
    },
    *listContainerStats(filter = {}) {
      const id = wholeId(db.criContainers.values(), filter.id ?? '')
      const pod = wholeId(db.sandboxes.values(), filter.podSandboxId ?? '')
      return yield* listContainers((c) => (id === '' || c.id === id) && (pod === '' || c.sandboxId === pod) && labelsMatch(c.config.labels ?? {}, filter.labels))
    },
    *listPodSandboxStats(filter = {}) {
      const id = wholeId(db.sandboxes.values(), filter.id ?? '')
      const found: PodSandboxStats[] = []
      for (const sandbox of db.sandboxes.values()) {
        if ((id === '' || sandbox.id === id) && sandbox.state === 'READY' && labelsMatch(sandbox.config.labels ?? {}, filter.labels)) found.push(yield* podStats(sandbox))
      }
      return found
    },
  }
}

/** Counters of the pod's eth0, read in its namespace through a process that is in it. */
function* trafficOf({ sys }: CriContext, sandbox: StoredSandbox): Run<{ name: string; rxBytes: number; rxErrors: number; txBytes: number; txErrors: number }> {
  const name = 'eth0'
  const lines = ((yield* readOrEmpty(sys, `/proc/${sandbox.pid}/net/dev`)) ?? '').split('\n')
  const numbers = lines.find((line) => line.trim().startsWith(`${name}:`))?.split(':')[1]?.trim().split(/\s+/).map(Number) ?? []
  return { name, rxBytes: numbers[0] ?? 0, rxErrors: numbers[2] ?? 0, txBytes: numbers[8] ?? 0, txErrors: numbers[10] ?? 0 }
}
