/**
 * When the files of containerd and of its pods were made, which the capture tells by what they belong to: a bundle came with its container, a shim's socket with its
 * sandbox, a blob with its image. A directory has the time of its newest entry; what belongs to nobody came with the daemon.
 */
import * as z from 'zod/mini'
import { CONTAINERD_SOCKET } from '../../containerd/services'
import { OVERLAY_ROOT } from '../../containerd/services/snapshots'
import { shimSocket } from '../../containerd/shim/protocol'
import { parseTime } from '../../containerd/time'
import type { Timespec } from '../../kernel/time'
import { Directory, type Inode } from '../../kernel/vfs/inode'
import { directoryAt, fileSystemOf } from './disk'
import { cutPath } from './listing'
import type { CapturedNode } from './load'
import { readOnce } from './once'
import type { Capture } from './schema'
import { snapshotNumbers } from './snapshots'

const Dated = z.object({ snapshot_info: z.record(z.string(), z.object({ Created: z.string() })) })
const Sandboxes = z.object({ inspectp: z.record(z.string(), z.object({ status: z.looseObject({ createdAt: z.string(), metadata: z.looseObject({ uid: z.string() }) }) })) })
const States = z.record(z.string(), z.object({ created: z.string() }))
const factsOf = readOnce(({ runc, cri, containerd }: Capture) => ({
  states: Object.entries(z.parse(States, runc)), sandboxes: Object.values(z.parse(Sandboxes, cri).inspectp), snapshots: z.parse(Dated, containerd).snapshot_info,
}))
const NS_PER_S = 1_000_000_000n

const timeOf = (text: string): Timespec => {
  const at = parseTime(text)
  return { sec: Number(at / NS_PER_S), nsec: Number(at % NS_PER_S) }
}
const later = (a: Timespec, b: Timespec): Timespec => (a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec) ? a : b)

export function dateFiles({ capture, node, tasks, disk, covers }: CapturedNode): void {
  const made = new Map<string, Timespec>()
  const began = (id: string, at: Timespec): void => {
    made.set(id, at)
    made.set(shimSocket(CONTAINERD_SOCKET, 'k8s.io', id), at)
  }
  const { states, sandboxes, snapshots } = factsOf(capture)
  for (const [id, { created }] of states) began(id, timeOf(created))
  // What a kubelet makes for a pod, by the pod's uid.
  for (const { status } of sandboxes) made.set(status.metadata.uid, timeOf(status.createdAt))
  for (const [key, number] of snapshotNumbers(capture)) {
    const found = snapshots[key]
    if (found) made.set(`${OVERLAY_ROOT}/snapshots/${number}`, timeOf(found.Created))
  }
  const imported = Object.entries(snapshots).filter(([key]) => key.startsWith('sha256:')).map(([, { Created }]) => Created).sort()[0]
  if (imported !== undefined) made.set('/var/lib/containerd/io.containerd.content.v1.content/blobs', timeOf(imported))

  /** Everything below a directory of one file system, by inodes: paths would lead through what is mounted there. An image's own files keep their times. */
  const date = (inode: Inode, path: string, inherited: Timespec): Timespec => {
    // A log was written when its container spoke.
    if (path.endsWith('.log')) return inode.attributes(null).mtime
    const own = made.get(path) ?? made.get(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('_')) + 1)) ?? inherited
    let at = own
    if (inode instanceof Directory && !/\/snapshots\/\d+\/fs$/.test(path)) {
      for (const [name] of inode.entries(null)) {
        const child = inode.lookup(name, null)
        if (child) at = later(at, date(child, `${path}/${name}`, own))
      }
    }
    inode.setAttributes({ atime: at, mtime: at, ctime: at })
    return own
  }
  const daemon = [...tasks.values()].find((task) => task.comm === 'containerd')
  if (!daemon) return
  const start = node.kernel.clock.realtime(daemon.startTime)
  for (const root of ['/run/containerd', '/var/lib/containerd', '/var/lib/kubelet', '/var/log/pods']) {
    const { fs, inner } = fileSystemOf(disk, covers, root)
    const { directory, name } = cutPath(inner)
    const found = directoryAt(fs.root, directory, start).lookup(name, null)
    if (found) date(found, root, start)
  }
}
