/** The CRI plugin: its services, what it finds after a restart, and its watch over the ends of tasks (pkg/cri/server/service.go, events.go). */
import type { Run } from '../../kernel/run'
import { isGrpc } from '../grpc'
import { nanoseconds } from '../time'
import type { CriContext } from './context'
import { execCalls } from './exec'
import { imageService, K8S } from './images'
import { containerCalls } from './containers'
import { sandboxCalls } from './sandboxes'
import type { CriServices, RuntimeService } from './services'
import { readOrEmpty } from '../runc/cgroups'

export interface CriPlugin {
  readonly services: CriServices
  restore(): Run
  watch(): Run
}

export function criServices(context: CriContext): CriPlugin {
  const { sys, db, services } = context
  const runtime: RuntimeService = {
    ...sandboxCalls(context), ...containerCalls(context), ...execCalls(context),
    *version() {
      return { version: '0.1.0', runtimeName: 'containerd', runtimeVersion: '1.6.20~ds1', runtimeApiVersion: 'v1' }
    },
    *status(options = {}) {
      const network = sys.access('/etc/cni/net.d', { read: true }) && sys.readdir('/etc/cni/net.d').some((e) => /\.(conflist|conf|json)$/.test(e.name))
      const why = 'Network plugin returns error: cni plugin not initialized'
      const info: Record<string, string> = {}
      if (options.verbose) {
        info.golang = '"go1.19.8"'
        info.lastCNILoadStatus = network ? '"OK"' : '"cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config"'
        info['lastCNILoadStatus.default'] = info.lastCNILoadStatus
        info.config = JSON.stringify({ configText: (yield* readOrEmpty(sys, '/etc/containerd/config.toml')) ?? '' })
      }
      return {
        conditions: [
          { type: 'RuntimeReady', status: true, reason: '', message: '' },
          { type: 'NetworkReady', status: network, reason: network ? '' : 'NetworkPluginNotReady', message: network ? '' : why },
        ],
        info,
      }
    },
    *updateRuntimeConfig() {},
  }
  const ended = function* (id: string, exitStatus: number): Run {
    const sandbox = db.sandboxes.get(id)
    const container = db.criContainers.get(id)
    if (!sandbox && !container) return
    try {
      yield* services.tasks.delete(K8S, id)
    } catch (error) {
      if (!isGrpc(error)) throw error
    }
    if (sandbox) db.sandboxes.put(id, { ...sandbox, state: 'NOTREADY', pid: 0 })
    const at = db.criContainers.get(id)
    if (at) db.criContainers.put(id, { ...at, pid: 0, finishedAt: nanoseconds(sys).toString(), exitCode: exitStatus })
  }
  return {
    services: { runtime, image: imageService(context) },
    /** Tasks that ended while nobody watched. */
    *restore() {
      const live = new Map((yield* db.namespaces.has(K8S) ? services.tasks.list(K8S) : none()).map((t) => [t.containerId, t]))
      for (const sandbox of db.sandboxes.values()) if (sandbox.state === 'READY' && !live.has(sandbox.id)) db.sandboxes.put(sandbox.id, { ...sandbox, state: 'NOTREADY', pid: 0 })
      for (const c of db.criContainers.values()) if (c.startedAt !== '0' && c.finishedAt === '0' && !live.has(c.id)) db.criContainers.put(c.id, { ...c, pid: 0, finishedAt: nanoseconds(sys).toString(), exitCode: 255, reason: 'Unknown' })
    },
    *watch() {
      const stream = context.exchange.subscribe(['topic==/tasks/exit'])
      for (;;) {
        const { namespace, event } = yield* stream.next()
        // An exec's end has its own id.
        if (namespace === K8S && event.id === event.container_id) yield* ended(String(event.container_id), Number(event.exit_status ?? 0))
      }
    },
  }
}

function* none(): Run<never[]> {
  return []
}
