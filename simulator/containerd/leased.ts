/** Services for whom a lease was taken: what they make is the lease's too (metadata/leases.go addContentLease, addSnapshotLease). */
import { digestOf } from './digest'
import type { Run } from '../kernel/run'
import type { Containerd } from './services'

export function underLease(services: Containerd, ns: string, lease: string): Containerd {
  const { content, snapshots, leases } = services
  const hold = (id: string, type: string): Run => leases.addResource(ns, lease, { id, type })
  return {
    ...services,
    content: {
      ...content,
      *write(to, request) {
        yield* hold(request.expected ?? digestOf(request.bytes), 'content')
        return yield* content.write(to, request)
      },
    },
    snapshots: {
      ...snapshots,
      *prepare(to, snapshotter, request) {
        yield* hold(request.key, `snapshots/${snapshotter}`)
        return yield* snapshots.prepare(to, snapshotter, request)
      },
      *view(to, snapshotter, request) {
        yield* hold(request.key, `snapshots/${snapshotter}`)
        return yield* snapshots.view(to, snapshotter, request)
      },
      *commit(to, snapshotter, request) {
        yield* hold(request.name, `snapshots/${snapshotter}`)
        yield* snapshots.commit(to, snapshotter, request)
      },
    },
  }
}
