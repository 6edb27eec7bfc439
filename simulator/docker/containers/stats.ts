/** One sample of what a container uses (daemon/stats, cli command/container/stats_helpers.go): the second of two, a second after the first. */
import { readOrEmpty } from '../../containerd/runc/cgroups'
import { inNetns } from '../../kernel/net/visit'
import type { Run } from '../../kernel/run'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { keyOf } from '../network/sandbox'
import type { Stats } from '../services'

const SAMPLE_NS = 1_000_000_000
const KIB = 1024

export function* statsOf(engine: Engine, text: string): Run<Stats> {
  const { sys, containers } = engine
  const { ID, Name, State, Network } = containers.find(text)
  const none: Stats = { name: Name.slice(1), id: ID, cpuPercent: 0, memory: 0, memoryLimit: 0, received: 0, sent: 0, read: 0, written: 0, pids: 0 }
  if (!State.Running) return none
  const sample = () => engine.containerd((c) => c.tasks.metrics(MOBY, ID))
  const first = yield* sample()
  yield* sys.sleep(SAMPLE_NS)
  if (!containers.get(ID)?.State.Running) return none
  const { cpu, memory, memoryStat, pids } = yield* sample()
  const total = Number(/^MemTotal:\s+(\d+)/m.exec((yield* readOrEmpty(sys, '/proc/meminfo')) ?? '')?.[1] ?? 0) * KIB
  // What the cache holds can be had back.
  const cache = memoryStat.total_inactive_file ?? 0
  const traffic = { received: 0, sent: 0 }
  if (Object.values(Network.Networks).some(({ IPAddress }) => IPAddress !== '')) {
    yield* inNetns(sys, keyOf(Network.SandboxID), () => {
      for (const { name, received, sent } of sys.net.links()) {
        if (name === 'lo') continue
        traffic.received += received.bytes
        traffic.sent += sent.bytes
      }
    })
  }
  return {
    ...none, ...traffic, cpuPercent: ((cpu.total - first.cpu.total) / SAMPLE_NS) * 100, memory: cache < memory.usage ? memory.usage - cache : memory.usage, memoryLimit: memory.limit > 0 && memory.limit < total ? memory.limit : total,
    pids: pids.current,
  }
}
