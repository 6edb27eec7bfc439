/**
 * mount(2) and umount(2): a file system, a tree or a moved mount comes to a place, and to the places of all who are told of it
 * (mount_namespaces(7); fs/namespace.c, attach_recursive_mnt, propagate_mnt, propagate_umount).
 */
import { capableIn } from '../credentials'
import { Errno } from '../errno'
import { NamespaceInode } from '../fs/nsfs'
import { makeFileSystem } from '../fs/types'
import type { Kernel } from '../kernel'
import type { Namespace } from '../namespaces/namespace'
import { releaseNet } from '../net/cleanup'
import type { Task } from '../task'
import type { FileSystem } from './filesystem'
import { Directory } from './inode'
import { type Location, pathOf, rootOf, samePlace } from './location'
import { Mount, type MountFlags, type MountNamespace, PLAIN_FLAGS } from './mount'
import { resolve } from './namei'
import { type Circle, copyPropagation, groupedMounts, joinGroup, leavePeers, type PeerGroup, peerGroup, type Propagation, serve, setPropagation, toldBy } from './peers'

const FLAG_NAMES: Record<string, Partial<MountFlags>> = {
  ro: { readOnly: true }, rw: { readOnly: false }, nosuid: { noSuid: true }, suid: { noSuid: false }, nodev: { noDev: true }, dev: { noDev: false },
  noexec: { noExec: true }, exec: { noExec: false }, relatime: { atime: 'relatime' }, noatime: { atime: 'noatime' }, strictatime: { atime: 'strictatime' },
  nodiratime: { noDirAtime: true }, diratime: { noDirAtime: false },
}

/** Mount options into flags; what is not a flag belongs to the file system. */
export function mountFlags(options: readonly string[], base: MountFlags = PLAIN_FLAGS): MountFlags {
  return Object.assign({ ...base }, ...options.map((name) => FLAG_NAMES[name]))
}

const PROPAGATION: Readonly<Record<string, Propagation>> = {
  shared: 'shared', slave: 'slave', private: 'private', unbindable: 'unbindable', rshared: 'shared', rslave: 'slave', rprivate: 'private', runbindable: 'unbindable',
}

/** mount(2): a new file system, a bind mount (`bind`, `rbind`), a moved one (`move`), new flags (`remount`), or whom it tells (`rshared` …). */
export function mountAt(task: Task, source: string, target: string, type: string, optionText: string): void {
  if (!capableIn(task.credentials, task.ns.mnt.owner, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  const options = optionText.split(',').filter((o) => o !== '')
  const point = resolve(task, target)
  const { kernel } = task
  if (options.includes('remount')) return remount(task, point, options)
  const propagation = options.find((o) => PROPAGATION[o] !== undefined)
  if (propagation) {
    if (point.inode !== point.mount.root) throw new Errno('EINVAL')
    forgetUnseen(kernel)
    for (const mount of propagation.startsWith('r') ? treeOf(task.ns.mnt, point.mount) : [point.mount]) setPropagation(kernel, mount, PROPAGATION[propagation] ?? 'private')
    return
  }
  if (options.includes('move')) return move(task, resolve(task, source), point)
  const recursive = type === 'rbind' || options.includes('rbind')
  if (type === 'bind' || recursive || options.includes('bind')) return bind(task, resolve(task, source), point, options, recursive ? 'tree' : 'one')
  const fs = diskAt(task, source, type) ?? makeFileSystem(task, type, options, source)
  attachTree(kernel, [new Mount({ id: kernel.mountId(), fs, source, point: null, flags: mountFlags(options) })], point)
}

/** Types that lie on a block device, of which this kernel has no driver but that of the disks that are there. */
const ON_A_DISK = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'vfat', 'squashfs', 'erofs', 'iso9660'])

/** The file system of a disk that is mounted somewhere already: the same one comes to another place. ENOTBLK, EINVAL. */
function diskAt(task: Task, source: string, type: string): FileSystem | undefined {
  if (!ON_A_DISK.has(type)) return undefined
  const { inode } = resolve(task, source)
  if (inode.kind !== 'blk') throw new Errno('ENOTBLK')
  const { mnt } = task.kernel.pidNamespace.init?.ns ?? task.ns
  const found = mnt.mounts.find(({ fs }) => fs.dev === inode.rdev && fs.type === type)
  if (!found) throw new Errno('EINVAL')
  return found.fs
}

/** A mount and those below it, upper ones after lower ones. */
function treeOf(ns: MountNamespace, top: Mount): Mount[] {
  const below = new Map<Mount, Mount[]>()
  for (const mount of ns.mounts) {
    if (!mount.point) continue
    const siblings = below.get(mount.point.mount)
    if (siblings) siblings.push(mount)
    else below.set(mount.point.mount, [mount])
  }
  const tree: Mount[] = []
  const add = (mount: Mount): void => {
    tree.push(mount)
    for (const child of below.get(mount) ?? []) add(child)
  }
  add(top)
  return tree
}

/** What a less privileged mount namespace may not take back. */
const LOCKED_FLAGS = ['readOnly', 'noSuid', 'noDev', 'noExec'] as const

/** New flags of a mount; without `bind` also of the file system that it shows. EBUSY: read-only while a file is open for writing. */
function remount(task: Task, { inode, mount }: Location, options: readonly string[]): void {
  if (inode !== mount.root) throw new Errno('EINVAL')
  const flags = mountFlags(options, mount.flags)
  if (mount.locked && LOCKED_FLAGS.some((name) => mount.flags[name] && !flags[name])) throw new Errno('EPERM')
  const { fs } = mount
  if (!options.includes('bind')) fs.reconfigure(options)
  if (!options.includes('bind') && flags.readOnly !== fs.readOnly) {
    if (flags.readOnly && isWritten(task.kernel, mount)) throw new Errno('EBUSY')
    fs.options = fs.options.replace(/^r[ow]/, flags.readOnly ? 'ro' : 'rw')
  }
  mount.flags = flags
}

function isWritten(kernel: Kernel, { fs }: Mount): boolean {
  for (const task of kernel.tasks()) for (const { file } of task.fds.values()) if (file.flags.write && file.inode.fs === fs && file.inode.kind === 'file') return true
  return false
}

function bind(task: Task, from: Location, point: Location, options: readonly string[], depth: 'one' | 'tree'): void {
  const { kernel } = task
  if ((from.inode instanceof Directory) !== (point.inode instanceof Directory)) throw new Errno('ENOTDIR')
  if (from.mount.unbindable) throw new Errno('EINVAL')
  // Flags that are given stand instead of those of the original, but for access times (mount(8), a bind mount and a remount of it).
  const given = options.some((name) => FLAG_NAMES[name] !== undefined)
  const top = copyOf(kernel, from.mount, from, given ? mountFlags(options, { ...PLAIN_FLAGS, atime: from.mount.flags.atime }) : from.mount.flags)
  const copies = new Map<Mount, Mount>([[from.mount, top]])
  if (depth === 'tree') {
    for (const child of treeOf(from.mount.namespace ?? task.ns.mnt, from.mount)) {
      const at = child.point
      const above = at && copies.get(at.mount)
      if (!at || !above || child.unbindable || (at.mount === from.mount && !isBelow(at, from))) continue
      const copy = copyOf(kernel, child, rootOf(child), child.flags)
      copy.point = sameWay(at, at.mount === from.mount ? from : rootOf(at.mount), above)
      copies.set(child, copy)
    }
  }
  attachTree(kernel, [...copies.values()], point)
}

/** A mount of what another shows, from `from` on. */
function copyOf(kernel: Kernel, mount: Mount, from: Location, flags: MountFlags, as: 'peer' | 'alone' = 'peer'): Mount {
  const base = mount.rootPath === '/' ? '' : mount.rootPath
  const inside = from.inode === mount.root ? '' : pathOf(from, rootOf(mount))
  const rootPath = mount.fs.type === 'nsfs' ? mount.rootPath : `${base}${inside}` || '/'
  const copy = new Mount({ id: kernel.mountId(), fs: mount.fs, root: from.inode, rootPath, source: mount.source, point: null, flags })
  if (as === 'peer') copyPropagation(copy, mount, 'peer')
  return copy
}

function isBelow(at: Location, top: Location): boolean {
  for (let here: Location | null = at; here; here = here.parent) if (samePlace(here, top)) return true
  return false
}

/** The way from `top` to `at`, in another mount whose root is the same directory. */
function sameWay(at: Location, top: Location, mount: Mount): Location {
  if (samePlace(at, top) || at.parent === null) return rootOf(mount)
  return { mount, inode: at.inode, parent: sameWay(at.parent, top, mount), name: at.name }
}

/** The place in `mount` that is the same directory or file as `point` in another mount of that file system; undefined when it shows none of it. */
function counterpart(point: Location, mount: Mount): Location | undefined {
  if (mount.fs !== point.mount.fs) return undefined
  const base = point.mount.rootPath === '/' ? '' : point.mount.rootPath
  const inside = point.inode === point.mount.root ? '' : pathOf(point, rootOf(point.mount))
  const full = `${base}${inside}`
  const top = mount.rootPath === '/' ? '' : mount.rootPath
  if (full !== top && !full.startsWith(`${top}/`)) return undefined
  let here = rootOf(mount)
  for (const name of full.slice(top.length).split('/').filter(Boolean)) {
    const inode = here.inode instanceof Directory ? here.inode.lookup(name, null) : undefined
    if (!inode) return undefined
    here = { mount, inode, parent: here, name }
  }
  return here.inode === point.inode ? here : undefined
}

/** Attaches new mounts, the first of them at `point`, the others where they stand; and copies of them at all places that are told. */
function attachTree(kernel: Kernel, tree: readonly Mount[], point: Location): void {
  const [top] = tree
  const ns = point.mount.namespace
  if (!top || !ns) throw new Errno('EINVAL')
  if ((top.root instanceof Directory) !== (point.inode instanceof Directory)) throw new Errno('ENOTDIR')
  if (point.mount.group) {
    forgetUnseen(kernel)
    for (const mount of tree) if (!mount.group) joinGroup(mount, peerGroup(kernel))
  }
  top.point = point
  const told = [...toldBy(point.mount)]
  for (const mount of tree) ns.attach(mount)
  tell(kernel, tree, point, told)
}

function tell(kernel: Kernel, tree: readonly Mount[], point: Location, told: readonly { readonly mount: Mount; readonly circle: Circle }[]): void {
  const groups = new Map<Circle | null, Map<Mount, PeerGroup | null>>()
  for (const { mount, circle } of told) {
    const there = counterpart(point, mount)
    if (!there || !mount.namespace) continue
    copyTree(kernel, tree, there, mount.namespace, (copy, original) => {
      if (circle.from === null) return copyPropagation(copy, original, 'peer')
      const from = circle.from.from === null ? original.group : (groups.get(circle.from)?.get(original) ?? null)
      serve(copy, from)
      if (circle.kind === 'slave') return
      const own = groups.get(circle) ?? new Map<Mount, PeerGroup | null>()
      groups.set(circle, own)
      const group = own.get(original) ?? peerGroup(kernel)
      own.set(original, group)
      joinGroup(copy, group)
    })
  }
}

/** Copies a tree of mounts to a place. What is already mounted there comes to lie on top of it. */
function copyTree(kernel: Kernel, tree: readonly Mount[], point: Location, ns: MountNamespace, relate: (copy: Mount, original: Mount) => void): void {
  const copies = new Map<Mount, Mount>()
  for (const original of tree) {
    const copy = copyOf(kernel, original, rootOf(original), original.flags, 'alone')
    relate(copy, original)
    const above = original.point && copies.get(original.point.mount)
    copy.point = original.point && above ? sameWay(original.point, rootOf(original.point.mount), above) : point
    const covered = above ? undefined : ns.mountedOn(point.mount, point.inode)
    copies.set(original, copy)
    ns.attach(copy)
    if (covered) ns.move(covered, rootOf(copy))
  }
}

/** MS_MOVE. EINVAL: not a mount, or one whose place is told of; ELOOP: into itself. */
function move(task: Task, from: Location, point: Location): void {
  const { mount } = from
  const { mnt } = task.ns
  if (from.inode !== mount.root || !mount.point || mount.namespace !== mnt || mount.locked) throw new Errno('EINVAL')
  if ((from.inode instanceof Directory) !== (point.inode instanceof Directory)) throw new Errno('EINVAL')
  if (mount.point.mount.group) throw new Errno('EINVAL')
  const tree = treeOf(mnt, mount)
  if (point.mount.group && tree.some((m) => m.unbindable)) throw new Errno('EINVAL')
  if (tree.includes(point.mount)) throw new Errno('ELOOP')
  if (point.mount.group) for (const each of tree) if (!each.group) joinGroup(each, peerGroup(task.kernel))
  const told = [...toldBy(point.mount)]
  mnt.move(mount, point)
  tell(task.kernel, tree, point, told)
}

/** umount(2). EINVAL when nothing is mounted there, EBUSY when it is in use. */
export function unmountAt(task: Task, target: string, lazily: 'detach' | 'busy-fails'): void {
  if (!capableIn(task.credentials, task.ns.mnt.owner, 'CAP_SYS_ADMIN')) throw new Errno('EPERM')
  const { inode, mount } = resolve(task, target)
  const ns = mount.namespace
  if (inode !== mount.root || mount.point === null || !ns || mount.locked) throw new Errno('EINVAL')
  const tree = treeOf(ns, mount)
  if (lazily === 'busy-fails') {
    if (tree.length > 1) throw new Errno('EBUSY')
    const gone = new Set([mount, ...toldOf(mount).filter((m) => (m.namespace?.childrenOf(m).length ?? 0) === 0)])
    if (isUsed(task.kernel, gone)) throw new Errno('EBUSY')
  }
  for (const each of tree.reverse()) {
    for (const copy of toldOf(each)) withdraw(task.kernel, copy)
    detach(task.kernel, each)
  }
}

/** The copies of a mount at the places that were told of it. */
function toldOf(mount: Mount): Mount[] {
  const { point } = mount
  if (!point) return []
  const out: Mount[] = []
  for (const { mount: other } of toldBy(point.mount)) {
    const there = counterpart(point, other)
    const copy = there && other.namespace?.mountedOn(there.mount, there.inode)
    if (copy) out.push(copy)
  }
  return out
}

/** Takes a copy away unless something is mounted inside it; what lies on top of it sinks down. */
function withdraw(kernel: Kernel, mount: Mount): void {
  const ns = mount.namespace
  if (!ns || !mount.point) return
  const children = ns.childrenOf(mount)
  if (children.some((child) => child.point?.inode !== mount.root)) return
  for (const child of children) ns.move(child, mount.point)
  detach(kernel, mount)
}

function detach(kernel: Kernel, mount: Mount): void {
  mount.namespace?.detach(mount)
  mount.point = null
  leavePeers(mount)
  if (mount.root instanceof NamespaceInode) releaseNet(kernel, mount.root.namespace)
}

/** A working directory, a root or an open file lies in one of these mounts. */
function isUsed(kernel: Kernel, mounts: ReadonlySet<Mount>): boolean {
  for (const task of kernel.tasks()) {
    if (mounts.has(task.cwd.mount) || mounts.has(task.root.mount)) return true
    for (const { file } of task.fds.values()) if (file.location && mounts.has(file.location.mount) && file.location.mount.fs.type !== 'nsfs') return true
    if (task.exe && mounts.has(task.exe.mount)) return true
  }
  return false
}

/** Mounts of a namespace that no task, descriptor or bind mount keeps are gone: they leave their groups. */
function forgetUnseen(kernel: Kernel): void {
  const kept = new Set<Namespace>()
  for (const task of kernel.tasks()) {
    kept.add(task.ns.mnt)
    for (const { file } of task.fds.values()) if (file.inode instanceof NamespaceInode) kept.add(file.inode.namespace)
    for (const { root } of task.ns.mnt.mounts) if (root instanceof NamespaceInode) kept.add(root.namespace)
  }
  for (const mount of groupedMounts(kernel)) if (mount.namespace && !kept.has(mount.namespace)) leavePeers(mount)
}
