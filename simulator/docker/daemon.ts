/** dockerd (moby cmd/dockerd, daemon/daemon.go): opens its stores, raises its bridges, listens to containerd, serves the Engine API on its socket, and stops its containers when it leaves. */
import { randomHex } from '../containerd/digest'
import { makeDirectories, removeAll } from '../containerd/files'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG } from '../kernel/signals'
import type { Sys } from '../kernel/sys'
import { containersApi } from './containers/api'
import { ended, watchTasks } from './containers/end'
import { attachSandbox, startContainer } from './containers/start'
import { stopContainer } from './containers/signal'
import { ContainerStore } from './containers/store'
import { contextOf, DATA_ROOT, EXEC_ROOT } from './context'
import type { Engine, Live } from './engine'
import { isEngineError } from './error'
import { Events } from './events'
import { imagesApi } from './images/api'
import { ImageStore } from './images/store'
import { networksApi } from './network/api'
import { Networks } from './network/networks'
import { serveSetKey } from './network/setkey'
import { BRAND, type Docker, DOCKER_SOCKET } from './services'
import { systemApi } from './system'
import { Volumes, volumesApi } from './volumes'

const DIRECTORIES: readonly (readonly [string, number])[] = [
  [DATA_ROOT, 0o710], [`${DATA_ROOT}/buildkit`, 0o711], [`${DATA_ROOT}/plugins`, 0o700], [`${DATA_ROOT}/runtimes`, 0o700], [`${DATA_ROOT}/swarm`, 0o700], [`${DATA_ROOT}/tmp`, 0o700], [`${DATA_ROOT}/trust`, 0o700],
  [EXEC_ROOT, 0o700], [`${EXEC_ROOT}/containerd`, 0o711], [`${EXEC_ROOT}/netns`, 0o755], [`${EXEC_ROOT}/swarm`, 0o700],
]
const RETRY_NS = 100_000_000
const UNKNOWN_EXIT = 255

export interface DaemonOptions {
  /** containerd's socket. */
  readonly containerd: string
}

export function* runDockerd(sys: Sys, { containerd }: DaemonOptions): Run<number> {
  for (const [path, mode] of DIRECTORIES) makeDirectories(sys, path, mode)
  const events = new Events(sys)
  const context = contextOf(sys, events, containerd)
  yield* reach(sys, context)
  const lives = new Map<string, Live>()
  const engine: Engine = {
    ...context, images: yield* ImageStore.load(sys), containers: yield* ContainerStore.load(sys), networks: yield* Networks.load(sys), volumes: yield* Volumes.load(sys, events), controller: randomHex(sys, 12), changed: sys.futex(),
    gone: new Map(),
    live(id) {
      const known = lives.get(id) ?? { streams: undefined, proxies: [], exits: 0, backoff: 0, execs: new Map() }
      lives.set(id, known)
      return known
    },
    forget: (id) => void lives.delete(id),
  }
  serveSetKey(sys, EXEC_ROOT, engine.controller, function* (id, key) {
    try {
      yield* attachSandbox(engine, id, key)
      return ''
    } catch (error) {
      if (!isErrno(error) && !isEngineError(error)) throw error
      return error.message
    }
  })
  sys.go(watchTasks(engine))
  yield* restore(engine)
  const all = (): ReturnType<ContainerStore['values']> => engine.containers.values()
  const docker: Docker = {
    [BRAND]: true, containers: containersApi(engine), images: imagesApi(engine, engine.images, all), networks: networksApi(engine), volumes: volumesApi(engine.volumes, all), system: systemApi(engine),
  }
  removeAll(sys, DOCKER_SOCKET)
  sys.serve(DOCKER_SOCKET, docker)
  sys.chmod(DOCKER_SOCKET, 0o660)
  yield* untilTold(sys)
  for (const { ID, State } of all()) if (State.Running) yield* quietly(stopContainer(engine, ID, undefined))
  removeAll(sys, DOCKER_SOCKET)
  removeAll(sys, `${EXEC_ROOT}/libnetwork`)
  return 0
}

/** Without containerd the daemon goes no further. */
function* reach(sys: Sys, context: ReturnType<typeof contextOf>): Run {
  for (;;) {
    try {
      yield* context.containerd((c) => c.version.version())
      return
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* sys.sleep(RETRY_NS)
    }
  }
}

/** Containers that ran when the daemon went: what is left of them ends, and those that are always to run start (daemon.restore). */
function* restore(engine: Engine): Run {
  for (const { ID, State, HostConfig, HasBeenManuallyStopped } of engine.containers.values()) {
    const { Name } = HostConfig.RestartPolicy
    if (State.Running) yield* ended(engine, ID, UNKNOWN_EXIT)
    else if (Name === 'always' || (Name === 'unless-stopped' && !HasBeenManuallyStopped)) yield* quietly(startContainer(engine, ID))
  }
}

function* quietly(work: Run): Run {
  try {
    yield* work
  } catch (error) {
    if (!isEngineError(error)) throw error
  }
}

function* untilTold(sys: Sys): Run {
  let isTold = false
  for (const signo of [SIG.SIGTERM, SIG.SIGINT]) {
    sys.signal(signo, () => {
      isTold = true
    })
  }
  while (!isTold) {
    try {
      yield* sys.pause()
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}
