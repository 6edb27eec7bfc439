/** Endpoints of containers (api/server/router/container). */
import { isGrpc } from '../../containerd/grpc'
import { MOBY } from '../context'
import type { Engine } from '../engine'
import { conflict, invalid } from '../error'
import { overlayPath } from '../images/store'
import { prunable } from '../prune'
import type { ContainersApi } from '../services'
import { archiveOf, changesOf, commit, exportOf, extractTo, statPath } from './archive'
import { createContainer } from './create'
import { attachTo, execDetached, execIn } from './exec'
import { inspectContainer, listContainers } from './list'
import { logContainer } from './log'
import { logsOf } from './logs'
import { removeContainer } from './remove'
import { killContainer, pauseContainer, restartContainer, stopContainer, unpauseContainer, waitFor } from './signal'
import { directorySize } from './size'
import { resourcesOf } from './spec'
import { startContainer } from './start'
import { statsOf } from './stats'
import { topOf } from './top'

export function containersApi(engine: Engine): ContainersApi {
  const { containers } = engine
  return {
    create: (request) => createContainer(engine, request),
    start: (id) => startContainer(engine, id),
    stop: (id, seconds) => stopContainer(engine, id, seconds),
    restart: (id, seconds) => restartContainer(engine, id, seconds),
    kill: (id, signal) => killContainer(engine, id, signal),
    pause: (id) => pauseContainer(engine, id),
    unpause: (id) => unpauseContainer(engine, id),
    *rename(id, name) {
      const container = containers.find(id)
      if (name === '' || name === '/') throw invalid('Neither old nor new names may be empty')
      if (`/${name.replace(/^\//, '')}` === container.Name) throw conflict(`Renaming a container with the same name as its current name`)
      const Name = containers.reserve(name, container.ID)
      containers.release(container.Name)
      const renamed = yield* containers.change(container.ID, { Name })
      logContainer(engine, renamed, 'rename', { oldName: container.Name })
    },
    *update(id, changes) {
      const container = containers.find(id)
      const HostConfig = { ...container.HostConfig, ...changes }
      if (HostConfig.Memory > 0 && HostConfig.MemorySwap > 0 && HostConfig.MemorySwap < HostConfig.Memory) {
        throw conflict(`Cannot update container ${container.ID}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`)
      }
      yield* containers.change(container.ID, { HostConfig })
      if (container.State.Running && !container.State.Restarting) {
        try {
          yield* engine.containerd((c) => c.tasks.update(MOBY, container.ID, resourcesOf(HostConfig)))
        } catch (error) {
          if (!isGrpc(error)) throw error
          yield* containers.change(container.ID, { HostConfig: container.HostConfig })
          throw conflict(`Cannot update container ${container.ID}: ${error.message}`)
        }
      }
      logContainer(engine, container, 'update')
      return { Warnings: [] }
    },
    remove: (id, options) => removeContainer(engine, id, options),
    wait: (id, condition) => waitFor(engine, id, condition),
    list: (options) => listContainers(engine, options),
    inspect: (id, size) => inspectContainer(engine, id, size),
    attach: (id, options) => attachTo(engine, id, options),
    logs: (id, options) => logsOf(engine, id, options),
    *resize(id, { width, height }) {
      const { ID } = containers.find(id)
      yield* engine.containerd((c) => c.tasks.resizePty(MOBY, ID, { width, height }))
    },
    exec: (id, config) => execIn(engine, id, config),
    execDetached: (id, config) => execDetached(engine, id, config),
    top: (id, args) => topOf(engine, id, args),
    stats: (id) => statsOf(engine, id),
    changes: (id) => changesOf(engine, id),
    archive: (id, path) => archiveOf(engine, id, path),
    statPath: (id, path) => statPath(engine, id, path),
    extract: (id, path, archive) => extractTo(engine, id, path, archive),
    export: (id) => exportOf(engine, id),
    commit: (id, request) => commit(engine, id, request),
    *prune(filters) {
      const fits = prunable('container', filters)
      const deleted: string[] = []
      let reclaimed = 0
      for (const { ID, State, MountID, Config } of containers.values()) {
        if (State.Running || !fits(Config.Labels)) continue
        reclaimed += yield* directorySize(engine.sys, overlayPath(MountID, 'diff'))
        yield* removeContainer(engine, ID, { force: 'gently', volumes: 'kept' })
        deleted.push(ID)
      }
      engine.events.log('container', 'prune', '', { reclaimed: String(reclaimed) })
      return { deleted, reclaimed }
    },
  }
}
