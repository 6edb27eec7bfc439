/** Volumes that an image declares: a directory on the node for each, with what the image has at that place (pkg/cri/server volumeMounts, pkg/cri/opts WithVolumes). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { copyTree, kindOf, makeDirectories, withMounted } from '../files'
import type { ImageConfig } from '../oci/types'
import type { SnapshotMount } from '../services'
import { clean } from './mounts'
import type { ContainerConfig, CriMount } from './services'

/** `name` gives each directory its own name. */
export function volumesOf({ mounts = [] }: ContainerConfig, image: ImageConfig, directory: string, name: () => string): CriMount[] {
  const given = new Set(mounts.map(({ container_path: path = '' }) => clean(path)))
  return Object.keys(image.config?.Volumes ?? {}).filter((path) => !given.has(clean(path))).map((path) => ({ container_path: path, host_path: `${directory}/${name()}` }))
}

export function* fillVolumes(sys: Sys, layers: readonly SnapshotMount[], volumes: readonly CriMount[]): Run {
  if (volumes.length === 0) return
  yield* withMounted(sys, layers, function* (root) {
    for (const { container_path: path = '', host_path: to = '' } of volumes) {
      const from = root + clean(path)
      makeDirectories(sys, to)
      if (kindOf(sys, from) !== 'dir') continue
      const { mode, uid, gid } = sys.stat(from)
      sys.chmod(to, mode)
      sys.chown(to, uid, gid)
      yield* copyTree(sys, from, to)
    }
  })
}
