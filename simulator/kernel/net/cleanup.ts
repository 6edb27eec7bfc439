/**
 * The end of network namespaces (net/core/net_namespace.c cleanup_net): one that no task, mount, descriptor or socket holds any more goes a
 * little later, and takes its virtual devices with it.
 */
import { NamespaceInode } from '../fs/nsfs'
import type { Kernel } from '../kernel'
import type { Namespace } from '../namespaces/namespace'
import type { MountNamespace } from '../vfs/mount'
import type { OpenFile } from '../vfs/openfile'
import type { Task } from '../task'
import { SocketFile } from './file'
import { NetNamespace } from './namespace'

/** The kernel does it in a work queue, after a grace period of RCU. */
const DELAY_NS = 20_000_000

const PENDING = new WeakMap<Kernel, Set<NetNamespace>>()

/** A holder of `namespace` has let go. */
export function releaseNet(kernel: Kernel, namespace: Namespace | undefined): void {
  if (!(namespace instanceof NetNamespace) || namespace === kernel.pidNamespace.init?.ns.net) return
  let pending = PENDING.get(kernel)
  if (!pending) {
    pending = new Set()
    PENDING.set(kernel, pending)
  }
  if (pending.size === 0) kernel.scheduler.at(kernel.clock.monotonic + DELAY_NS, () => sweep(kernel))
  pending.add(namespace)
}

/** What a task that ends or moves held. */
export function releaseNetOf(task: Task): void {
  const { kernel } = task
  releaseNet(kernel, task.ns.net)
  for (const { file } of task.fds.values()) releaseNet(kernel, heldBy(file))
  if (task.ns.mnt !== kernel.pidNamespace.init?.ns.mnt) for (const { root } of task.ns.mnt.mounts) if (root instanceof NamespaceInode) releaseNet(kernel, root.namespace)
}

const heldBy = (file: OpenFile): Namespace | undefined => (file instanceof SocketFile ? file.socket.namespace : file.inode instanceof NamespaceInode ? file.inode.namespace : undefined)

function sweep(kernel: Kernel): void {
  const pending = PENDING.get(kernel)
  if (!pending) return
  const held = heldNamespaces(kernel)
  for (const namespace of pending) if (!held.has(namespace)) namespace.destroy()
  pending.clear()
}

function heldNamespaces(kernel: Kernel): ReadonlySet<Namespace> {
  const held = new Set<Namespace>()
  const mounts = new Set<MountNamespace>()
  for (const task of kernel.pidNamespace.tasks.values()) {
    if (task.isZombie) continue
    held.add(task.ns.net)
    mounts.add(task.ns.mnt)
    for (const { file } of task.fds.values()) {
      const namespace = heldBy(file)
      if (namespace) held.add(namespace)
    }
  }
  for (const { mounts: all } of mounts) for (const { root } of all) if (root instanceof NamespaceInode) held.add(root.namespace)
  return held
}
