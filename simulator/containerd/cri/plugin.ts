/** The CRI plugin: its services, what it finds after a restart, and its watch over the ends of tasks (pkg/cri/server/service.go, events.go). */
import type { Run } from '../../kernel/run'
import { heldDescriptors } from '../files'
import { isGrpc } from '../grpc'
import { nanoseconds, parseTime } from '../time'
import type { CriContext } from './context'
import { execCalls } from './exec'
import { imageService, K8S } from './images'
import { CONTAINER_STATE, type ContainerStreams, containerCalls } from './containers'
import { streamsOf } from './io'
import { statsCalls } from './stats'
import { keepContainer } from './status-file'
import { statusCalls } from './status'
import { sandboxCalls } from './sandboxes'
import type { CriServices, RuntimeService } from './services'

/** The exit status of a task that nobody saw the end of. */
const UNKNOWN_EXIT = 255

export interface CriPlugin {
  readonly services: CriServices
  /** Goes on reading what containers write. */
  resume(): void
  restore(): Run
  watch(): Run
}

export function criServices(context: CriContext): CriPlugin {
  const { sys, db, services } = context
  const streams: ContainerStreams = new Map()
  const sandboxes = sandboxCalls(context)
  const containers = containerCalls(context, streams)
  const images = imageService(context)
  const { collector } = context
  const runtime: RuntimeService = {
    ...statusCalls(context), ...sandboxes, ...containers, ...execCalls(context, streams), ...statsCalls(context),
    // What these make has no owner before they are done.
    runPodSandbox: (...given) => collector.hold(() => sandboxes.runPodSandbox(...given)),
    createContainer: (...given) => collector.hold(() => containers.createContainer(...given)),
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
    const io = streams.get(id)
    if (io) yield* io.close()
    const at = db.criContainers.get(id)
    if (at) yield* keepContainer(context, { ...at, pid: 0, finishedAt: nanoseconds(sys).toString(), exitCode: exitStatus })
  }
  return {
    services: { runtime, image: { ...images, pullImage: (...given) => collector.hold(() => images.pullImage(...given)) } },
    resume() {
      const held = heldDescriptors(sys)
      for (const { id, logPath, startedAt, finishedAt } of db.criContainers.values()) if (startedAt !== '0' && finishedAt === '0') streamsOf(sys, streams, CONTAINER_STATE, { id, logPath }, held)
    },
    /** Tasks that ended while nobody watched. */
    *restore() {
      const live = new Map((yield* db.namespaces.has(K8S) ? services.tasks.list(K8S) : none()).map((t) => [t.containerId, t]))
      for (const sandbox of db.sandboxes.values()) if (sandbox.state === 'READY' && !live.has(sandbox.id)) db.sandboxes.put(sandbox.id, { ...sandbox, state: 'NOTREADY', pid: 0 })
      for (const sandbox of db.sandboxes.values()) {
        const record = db.containers(K8S).get(sandbox.id)
        if (sandbox.state === 'UNKNOWN' && record) db.sandboxes.put(sandbox.id, { ...sandbox, state: 'NOTREADY', createdAt: parseTime(record.CreatedAt).toString() })
      }
      for (const { id, finishedAt } of db.criContainers.values()) {
        const task = finishedAt === '0' ? live.get(id) : undefined
        if (task?.status === 'STOPPED') yield* ended(id, task.exitStatus)
      }
      for (const c of db.criContainers.values()) if (c.startedAt !== '0' && c.finishedAt === '0' && !live.has(c.id)) yield* keepContainer(context, { ...c, pid: 0, finishedAt: nanoseconds(sys).toString(), exitCode: UNKNOWN_EXIT, reason: 'Unknown' })
    },
    *watch() {
      const stream = context.exchange.subscribe(['topic=="/tasks/exit"'])
      for (;;) {
        const { namespace, event } = yield* stream.next()
        // An exec's end has its own id.
        if (namespace === K8S && event.id === event.container_id) {
          const id = String(event.container_id)
          yield* ended(id, context.tasks.lost.delete(id) ? UNKNOWN_EXIT : Number(event.exit_status ?? 0))
        }
      }
    },
  }
}

function* none(): Run<never[]> {
  return []
}
