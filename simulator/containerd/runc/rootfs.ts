/** The container's view of files (libcontainer/rootfs_linux.go): mounts below the root, devices, pivot_root, masked and read-only paths. */
import { decode } from '../../kernel/bytes'
import { DESCRIPTOR_LINKS } from '../../kernel/devices'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { device } from '../../kernel/vfs/filesystem'
import { exists, kindOf, makeDirectories } from '../files'
import type { OciDevice, OciMount, OciSpec } from '../oci/types'
import { controllers, ownGroups } from './cgroups'
import { RuncError } from './error'

/** The devices that every container has (libcontainer/specconv AllowedDevices). */
const DEVICES: readonly (readonly [string, number])[] = [
  ['null', device(1, 3)], ['random', device(1, 8)], ['full', device(1, 7)], ['tty', device(5, 0)], ['zero', device(1, 5)], ['urandom', device(1, 9)],
]
/** Where init holds the destination while it mounts (utils.WithProcfd); in a user namespace its parent has opened what is bound before. */
const ROOT_FD = 6
const isBound = ({ options = [] }: OciMount): boolean => options.includes('bind') || options.includes('rbind')
const PROPAGATION = ['rprivate', 'private', 'rslave', 'slave', 'rshared', 'shared', 'runbindable', 'unbindable']

/** In a user namespace nobody may make a device: those of the node are shown instead (createDevices). */
interface Setting {
  readonly devices: 'made' | 'bound'
}

export function* prepareRootfs(sys: Sys, rootfs: string, spec: OciSpec, { devices }: Setting): Run {
  // What is mounted from here on is no business of the node's (rootfsPropagation, prepareRoot).
  sys.mount('', '/', '', spec.linux?.rootfsPropagation || 'rslave')
  // Only a mount can become the root (prepareRoot).
  if (sys.stat(rootfs).dev === sys.stat(`${rootfs}/..`).dev) sys.mount(rootfs, rootfs, 'bind', 'rbind')
  const fd = ROOT_FD + (devices === 'bound' ? (spec.mounts ?? []).filter(isBound).length : 0)
  let hasDev = false
  for (const mount of spec.mounts ?? []) {
    if (mount.destination === '/dev' && mount.type === 'bind') hasDev = true
    yield* mountInto(sys, rootfs, mount, { cgroupsPath: spec.linux?.cgroupsPath ?? '/', fd })
  }
  if (!hasDev && exists(sys, `${rootfs}/dev`)) yield* makeDevices(sys, rootfs, devices, spec.linux?.devices ?? [])
  if (spec.linux?.namespaces?.some(({ type }) => type === 'mount')) sys.pivotRoot(rootfs)
  else sys.chroot(rootfs)
  sys.chdir('/')
  const cwd = spec.process?.cwd ?? '/'
  makeDirectories(sys, cwd)
  if (sys.stat(cwd).kind !== 'dir') throw new RuncError(`error during container init: mkdir ${cwd}: not a directory`)
  if (spec.root?.readonly) sys.mount('', '/', '', 'remount,bind,ro')
}

/** Once the settings below /proc/sys are written. */
export function protectPaths(sys: Sys, spec: OciSpec): void {
  for (const path of spec.linux?.readonlyPaths ?? []) readonlyPath(sys, path)
  for (const path of spec.linux?.maskedPaths ?? []) maskPath(sys, path)
}

function* mountInto(sys: Sys, rootfs: string, mount: OciMount, { cgroupsPath, fd }: { readonly cgroupsPath: string; readonly fd: number }): Run {
  const target = inside(sys, rootfs, mount.destination)
  const options = (mount.options ?? []).filter((o) => !PROPAGATION.includes(o))
  try {
    if (isBound(mount)) {
      const source = mount.source ?? ''
      prepareTarget(sys, target, sys.stat(source).kind)
      yield* makeFile(sys, target, sys.stat(source).kind)
      // Flags that are given stand instead of the source's; `rw` is none, so that a mount with it alone keeps them.
      sys.mount(source, target, 'bind', options.filter((o) => o !== 'rw').join(','))
    } else if (mount.type === 'cgroup') yield* mountCgroups(sys, target, options, cgroupsPath)
    else {
      if (mount.type === 'bind') sys.stat(mount.source ?? '')
      makeDirectories(sys, target)
      // `bind` is a flag; a file system of that name there is not.
      sys.mount(mount.source ?? '', target, mount.type === 'bind' ? 'none' : (mount.type ?? ''), options.join(','))
    }
    for (const word of mount.options ?? []) if (PROPAGATION.includes(word)) sys.mount('', target, '', word)
  } catch (error) {
    if (!isErrno(error)) throw error
    const words = error.message.toLowerCase()
    const source = mount.source ?? ''
    const what = isErrno(error, 'ENOENT') ? `stat ${source}` : `mount ${source === '' ? '' : `${source}:`}${mount.destination} (via /proc/self/fd/${fd})${flagsOf(mount)}`
    throw new RuncError(`error during container init: error mounting "${source}" to rootfs at "${mount.destination}": ${what}: ${words}`)
  }
}

/** Flags of mount(2) by the words of a specification (specconv; linux/mount.h); what is no flag is for the file system. */
const FLAGS: Readonly<Record<string, number>> = {
  ro: 1, nosuid: 2, nodev: 4, noexec: 8, sync: 16, remount: 32, mand: 64, dirsync: 128, noatime: 1024, nodiratime: 2048, bind: 4096, rbind: 0x5000, relatime: 1 << 21, strictatime: 1 << 24,
}

function flagsOf({ type, options = [] }: OciMount): string {
  // A tmpfs is made read-only once all is in it.
  const flags = options.filter((option) => type !== 'tmpfs' || option !== 'ro').reduce((all, option) => all | (FLAGS[option] ?? 0), 0)
  const data = options.filter((option) => FLAGS[option] === undefined && !PROPAGATION.includes(option) && !/^(rw|suid|dev|exec|async|defaults)$/.test(option))
  return `${flags === 0 ? '' : `, flags: 0x${flags.toString(16)}`}${data.length === 0 ? '' : `, data: ${data.join(',')}`}`
}

/** Destinations are followed inside the root: `/var/run` may be a link to `/run` there. */
function inside(sys: Sys, rootfs: string, destination: string, depth = 0): string {
  let at = rootfs
  const names = destination.split('/').filter((n) => n !== '' && n !== '.')
  for (const [i, name] of names.entries()) {
    const path = `${at}/${name}`
    if (depth < 8 && kindOf(sys, path) === 'link') {
      const target = sys.readlink(path)
      const base = target.startsWith('/') ? target : `${at.slice(rootfs.length)}/${target}`
      return inside(sys, rootfs, [base, ...names.slice(i + 1)].join('/'), depth + 1)
    }
    at = path
  }
  return at
}

function prepareTarget(sys: Sys, target: string, kind: string): void {
  makeDirectories(sys, kind === 'dir' ? target : target.slice(0, target.lastIndexOf('/')))
}

function* makeFile(sys: Sys, target: string, kind: string): Run {
  if (kind !== 'dir' && !exists(sys, target)) yield* sys.writeFile(target, new Uint8Array(0), { mode: 0o755 })
}

/** cgroup v1: a tmpfs with a bind mount of the container's own group for each controller. cgroup v2: the group itself. */
function* mountCgroups(sys: Sys, target: string, options: readonly string[], cgroupsPath: string): Run {
  makeDirectories(sys, target)
  const all = yield* controllers(sys)
  const own = ownGroups(decode(yield* sys.readFile('/proc/self/cgroup')))
  const unified = all.length === 1 && all[0]?.name === ''
  const flags = options.filter((o) => o !== 'ro').join(',')
  const close = (path: string): void => {
    if (options.includes('ro')) sys.mount('', path, '', 'remount,bind,ro')
  }
  if (unified) {
    sys.mount(`${all[0]?.mountPoint}${own.get('') ?? cgroupsPath}`, target, 'bind', flags)
    close(target)
    return
  }
  sys.mount('tmpfs', target, 'tmpfs', [...options.filter((o) => o !== 'ro'), 'mode=755'].join(','))
  for (const { name, mountPoint } of all) {
    if (name === '') continue
    const short = mountPoint.slice(mountPoint.lastIndexOf('/') + 1)
    const at = `${target}/${short}`
    if (exists(sys, at)) continue
    sys.mkdir(at, 0o755)
    sys.mount(`${mountPoint}${own.get(name) ?? cgroupsPath}`, at, 'bind', flags)
    close(at)
  }
}

/** Those that every container has, unless the specification has its own at that place, then the specification's. */
function* makeDevices(sys: Sys, rootfs: string, devices: Setting['devices'], own: readonly OciDevice[]): Run {
  const old = sys.umask(0)
  const usual = DEVICES.map(([name, rdev]): Node => ({ place: `/dev/${name}`, kind: 'chr', rdev, mode: 0o666, uid: 0, gid: 0 })).filter(({ place }) => !own.some(({ path }) => path === place))
  for (const { place, kind, rdev, mode, uid, gid } of [...usual, ...own.map(nodeOf)]) {
    const path = inside(sys, rootfs, place)
    if (place === '/dev/ptmx' || exists(sys, path)) continue
    makeDirectories(sys, path.slice(0, path.lastIndexOf('/')))
    if (devices === 'made') {
      sys.mknod(path, kind, mode, rdev)
      sys.chown(path, uid, gid)
    } else {
      yield* makeFile(sys, path, 'file')
      sys.mount(place, path, 'bind', '')
    }
  }
  sys.umask(old)
  for (const [name, target] of DESCRIPTOR_LINKS) if (!exists(sys, `${rootfs}/dev/${name}`)) sys.symlink(target, `${rootfs}/dev/${name}`)
  if (exists(sys, '/proc/kcore') && !exists(sys, `${rootfs}/dev/core`)) sys.symlink('/proc/kcore', `${rootfs}/dev/core`)
  if (exists(sys, `${rootfs}/dev/ptmx`)) sys.unlink(`${rootfs}/dev/ptmx`)
  sys.symlink('pts/ptmx', `${rootfs}/dev/ptmx`)
}

interface Node {
  readonly place: string
  readonly kind: 'chr' | 'blk' | 'fifo'
  readonly rdev: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

const nodeOf = ({ path, type, major, minor, fileMode = 0o666, uid = 0, gid = 0 }: OciDevice): Node => ({
  place: path, kind: type === 'b' ? 'blk' : type === 'p' ? 'fifo' : 'chr', rdev: device(major, minor), mode: fileMode, uid, gid,
})

function readonlyPath(sys: Sys, path: string): void {
  if (!exists(sys, path)) return
  sys.mount(path, path, 'bind', 'rbind')
  sys.mount('', path, '', 'remount,bind,ro')
}

function maskPath(sys: Sys, path: string): void {
  if (!exists(sys, path)) return
  if (sys.stat(path).kind === 'dir') sys.mount('tmpfs', path, 'tmpfs', 'ro')
  else sys.mount('/dev/null', path, 'bind', 'bind')
}
