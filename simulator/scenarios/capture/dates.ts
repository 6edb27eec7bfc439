/**
 * When containerd's files were made, which the capture tells by what they belong to: a bundle came with its container, a shim's socket with its
 * sandbox, a blob with its image. A directory has the time of its newest entry; what belongs to nobody came with the daemon.
 */
import * as z from 'zod/mini'
import { kindOf } from '../../containerd/files'
import { CONTAINERD_SOCKET } from '../../containerd/services'
import { OVERLAY_ROOT } from '../../containerd/services/snapshots'
import { shimSocket } from '../../containerd/shim/protocol'
import { parseTime } from '../../containerd/time'
import type { Timespec } from '../../kernel/time'
import { Syscalls } from '../../kernel/syscalls'
import type { CapturedNode } from './load'
import { snapshotNumbers } from './snapshots'

const Dated = z.object({ snapshot_info: z.record(z.string(), z.object({ Created: z.string() })) })
const States = z.record(z.string(), z.object({ created: z.string() }))
const NS_PER_S = 1_000_000_000n

const timeOf = (text: string): Timespec => {
  const at = parseTime(text)
  return { sec: Number(at / NS_PER_S), nsec: Number(at % NS_PER_S) }
}
const later = (a: Timespec, b: Timespec): Timespec => (a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec) ? a : b)

export function dateFiles({ capture, node, tasks }: CapturedNode): void {
  const sys = new Syscalls(node.init)
  const made = new Map<string, Timespec>()
  const began = (id: string, at: Timespec): void => {
    made.set(id, at)
    made.set(shimSocket(CONTAINERD_SOCKET, 'k8s.io', id), at)
  }
  for (const [id, { created }] of Object.entries(z.parse(States, capture.runc))) began(id, timeOf(created))
  const snapshots = z.parse(Dated, capture.containerd).snapshot_info
  for (const [key, number] of snapshotNumbers(capture)) {
    const found = snapshots[key]
    if (found) made.set(`${OVERLAY_ROOT}/snapshots/${number}`, timeOf(found.Created))
  }
  const imported = Object.entries(snapshots).filter(([key]) => key.startsWith('sha256:')).map(([, { Created }]) => Created).sort()[0]
  if (imported !== undefined) made.set('/var/lib/containerd/io.containerd.content.v1.content/blobs', timeOf(imported))

  /** Everything at a path that lies on one file system; an image's own files keep their times. */
  const date = (path: string, inherited: Timespec, dev: number): Timespec => {
    const stat = sys.lstat(path)
    if (stat.dev !== dev) return inherited
    let at = made.get(path) ?? made.get(path.slice(path.lastIndexOf('/') + 1)) ?? inherited
    const own = at
    if (stat.kind === 'dir' && !/\/snapshots\/\d+\/fs$/.test(path)) for (const { name } of sys.readdir(path)) at = later(at, date(`${path}/${name}`, own, dev))
    sys.utimes(path, at, at, { noFollow: true })
    return own
  }
  const daemon = [...tasks.values()].find((task) => task.comm === 'containerd')
  if (!daemon) return
  const start = node.kernel.clock.realtime(daemon.startTime)
  for (const root of ['/run/containerd', '/var/lib/containerd']) if (kindOf(sys, root) === 'dir') date(root, start, sys.lstat(root).dev)
}
