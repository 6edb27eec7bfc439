/**
 * The daemon: opens the store, finds the shims that are still there, serves all services on its socket, and hands shims' events
 * on (cmd/containerd/command/main.go, services/server/server.go).
 */
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { makeDirectories, removeAll } from './files'
import { criServices } from './cri/plugin'
import { Db } from './metadata/db'
import { ownRelease, type Release } from './release'
import { BRAND, type Containerd, CONTAINERD_SOCKET } from './services'
import { containersService } from './services/containers'
import { contentService } from './services/content'
import type { Context } from './services/context'
import { diffService } from './services/diff'
import { Exchange, eventsService } from './services/events'
import { Collector } from './services/gc'
import { imagesService } from './services/images'
import { sandboxesService } from './services/sandboxes'
import { introspectionService, versionService } from './services/introspection'
import { leasesService } from './services/leases'
import { namespacesService } from './services/namespaces'
import { snapshotsService } from './services/snapshots'
import { Tasks } from './services/tasks'
import { EVENTS, type EventForwarder, TTRPC_SOCKET } from './shim/protocol'

/** What the daemon makes when it starts, in this order, and the modes that it gives (listed beside the real one). */
const DIRECTORIES: readonly (readonly [string, number])[] = [
  ['/run/containerd', 0o711], ['/var/lib/containerd/tmpmounts', 0o700], ['/var/lib/containerd/io.containerd.content.v1.content/ingest', 0o755],
  ['/var/lib/containerd/io.containerd.metadata.v1.bolt', 0o711], ['/var/lib/containerd/io.containerd.snapshotter.v1.btrfs', 0o700],
  ['/var/lib/containerd/io.containerd.snapshotter.v1.native/snapshots', 0o700], ['/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots', 0o700],
  ['/run/containerd/io.containerd.grpc.v1.cri', 0o700],
]
const SIGTERM = 15
const SIGINT = 2

export function makeState(sys: Sys, { runtimes }: Pick<Release, 'runtimes'>): void {
  for (const [path, mode] of DIRECTORIES) makeDirectories(sys, path, mode)
  for (const name of runtimes) for (const root of ['/run', '/var/lib']) makeDirectories(sys, `${root}/containerd/io.containerd.runtime.${name}`, 0o711)
}

export function* runContainerd(sys: Sys): Run<number> {
  const release = yield* ownRelease(sys)
  makeState(sys, release)
  const db = yield* Db.load(sys)
  sys.go(db.write())
  const exchange = new Exchange(sys)
  const context: Context = { sys, db, exchange, release, collector: new Collector({ sys, db }) }
  const tasks = new Tasks(context)
  const content = contentService(context)
  const services = {
    namespaces: namespacesService(context), containers: containersService(context), tasks: tasks.service, images: imagesService(context), content,
    snapshots: snapshotsService(context), diff: diffService(context, content), leases: leasesService(context), events: eventsService(exchange, sys),
    introspection: introspectionService(context), sandboxes: sandboxesService(context), version: versionService(release),
  }
  const cri = criServices({ ...context, services, tasks })
  const forwarder: EventForwarder = {
    [EVENTS]: true,
    *forward(envelope) {
      exchange.forward(envelope)
    },
  }
  const containerd: Containerd = { [BRAND]: true, ...services, cri: cri.services }
  // A socket that the last daemon left behind is in the way.
  removeAll(sys, TTRPC_SOCKET)
  sys.serve(TTRPC_SOCKET, forwarder)
  yield* tasks.restore()
  sys.go(cri.watch())
  removeAll(sys, CONTAINERD_SOCKET)
  sys.serve(CONTAINERD_SOCKET, containerd)
  cri.resume()
  sys.go(later(sys, () => cri.restore()))
  let ended = false
  for (const signo of [SIGTERM, SIGINT]) {
    sys.signal(signo, () => {
      ended = true
    })
  }
  while (!ended) {
    try {
      yield* sys.pause()
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
  // Its socket goes with a daemon that was asked to leave; one that was killed leaves it behind.
  removeAll(sys, CONTAINERD_SOCKET)
  return 0
}

const SETTLED_NS = 2_000_000_000

/** When the whole node starts, shims come up beside the daemon: what is missing after that has ended. */
function* later(sys: Sys, work: () => Run): Run {
  yield* sys.sleep(SETTLED_NS)
  yield* work()
}
