/** A container's own file system (daemon/graphdriver/overlay2, daemon/initlayer): an upper directory over the image's layers, and between them what every container has. */
import { exists, makeDirectories, removeAll, unmountAll } from '../../containerd/files'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { lowerOf, type Layer, overlayPath } from '../images/store'

/** Places that the daemon mounts on or runc fills, so that they are there in every image (initlayer/setup_unix.go). */
const PLACES: readonly (readonly [string, 'dir' | 'file'])[] = [
  ['/dev/pts', 'dir'], ['/dev/shm', 'dir'], ['/proc', 'dir'], ['/sys', 'dir'], ['/.dockerenv', 'file'], ['/etc/resolv.conf', 'file'], ['/etc/hosts', 'file'], ['/etc/hostname', 'file'], ['/dev/console', 'file'],
]

export const mergedPath = (mountId: string): string => overlayPath(mountId, 'merged')

export function* makeRoot(sys: Sys, mountId: string, layers: readonly Layer[]): Run {
  const init = overlayPath(`${mountId}-init`, 'diff')
  const below = lowerOf(layers)
  const has = (path: string): boolean => below.some((directory) => exists(sys, directory + path))
  makeDirectories(sys, init, 0o755)
  makeDirectories(sys, overlayPath(`${mountId}-init`, 'work'), 0o700)
  for (const [path, kind] of PLACES) {
    if (has(path)) continue
    if (kind === 'dir') makeDirectories(sys, init + path, 0o755)
    else {
      makeDirectories(sys, (init + path).slice(0, (init + path).lastIndexOf('/')), 0o755)
      yield* sys.writeFile(init + path, new Uint8Array(), { mode: 0o755 })
    }
  }
  if (!has('/etc/mtab')) {
    makeDirectories(sys, `${init}/etc`, 0o755)
    sys.symlink('/proc/mounts', `${init}/etc/mtab`)
  }
  for (const name of ['diff', 'work']) makeDirectories(sys, overlayPath(mountId, name), name === 'diff' ? 0o755 : 0o700)
  yield* sys.writeFile(overlayPath(mountId, 'lower'), encode([init, ...below].join(':')), { mode: 0o644 })
}

/** Mounts it, when it is not mounted yet; the place. */
export function* mountRoot(sys: Sys, mountId: string): Run<string> {
  const merged = mergedPath(mountId)
  makeDirectories(sys, merged, 0o700)
  if (sys.stat(merged).dev !== sys.stat(`${merged}/..`).dev) return merged
  const lower = yield* sys.readText(overlayPath(mountId, 'lower'))
  sys.mount('overlay', merged, 'overlay', `lowerdir=${lower},upperdir=${overlayPath(mountId, 'diff')},workdir=${overlayPath(mountId, 'work')}`)
  return merged
}

export function unmountRoot(sys: Sys, mountId: string): void {
  unmountAll(sys, mergedPath(mountId))
  removeAll(sys, mergedPath(mountId))
}

export function removeRoot(sys: Sys, mountId: string): void {
  unmountRoot(sys, mountId)
  for (const id of [mountId, `${mountId}-init`]) removeAll(sys, overlayPath(id))
}

/** Work on the files of a container, whether it runs or not. */
export function* withRoot<T>(sys: Sys, { MountID, State }: { readonly MountID: string; readonly State: { readonly Running: boolean } }, work: (root: string) => Run<T>): Run<T> {
  const root = yield* mountRoot(sys, MountID)
  try {
    return yield* work(root)
  } finally {
    if (!State.Running) unmountRoot(sys, MountID)
  }
}
