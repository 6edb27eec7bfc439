/** Names that were recorded without their kind and mode (`tree` of a capture): whoever makes such a file, makes it so. */
import * as z from 'zod/mini'
import type { MemoryFs } from '../../kernel/fs/memory'
import { MemoryFile, MemorySpecial } from '../../kernel/fs/memory'
import type { Timespec } from '../../kernel/time'
import { Directory } from '../../kernel/vfs/inode'
import type { Programs } from '../../programs/installed'
import { type Cover, directoryAt, executable, fileSystemOf } from './disk'
import { cutPath } from './listing'
import { readOnce } from './once'
import type { Capture } from './schema'

type Kind = 'dir' | 'sock' | 'fifo' | 'file'

const STATE = '/run/containerd'
const ID = '[0-9a-f]{64}'

/** By path, the first that fits; modes as listed beside a containerd of the same release. */
const MADE: readonly (readonly [RegExp, Kind, number])[] = [
  [new RegExp(`^${STATE}/containerd\\.sock(\\.ttrpc)?$`), 'sock', 0o660],
  [new RegExp(`^${STATE}/s$`), 'dir', 0o600],
  [new RegExp(`^${STATE}/s/${ID}$`), 'sock', 0o600],
  [new RegExp(`^${STATE}/(fifo|io\\.containerd\\.grpc\\.v1\\.cri|runc|runc/[^/]+)$`), 'dir', 0o700],
  [new RegExp(`^${STATE}/io\\.containerd\\.runtime\\.v2\\.task/[^/]+/${ID}$`), 'dir', 0o700],
  [new RegExp(`^${STATE}(/io\\.containerd\\.runtime\\.[^/]+(/[^/]+)?|/runc/[^/]+/[^/]+)?$`), 'dir', 0o711],
  [new RegExp(`^${STATE}/io\\.containerd\\.grpc\\.v1\\.cri/containers/${ID}/io(/\\d+)?$`), 'dir', 0o700],
  [/-(stdin|stdout|stderr)$/, 'fifo', 0o700],
  [new RegExp(`^/var/lib/containerd/io\\.containerd\\.grpc\\.v1\\.cri/containers/${ID}/status$`), 'file', 0o600],
  [/\/(shm|volumes|kubernetes\.io~projected|containers|sandboxes|[0-9a-f]{64})$/, 'dir', 0o755],
]

/** Debian 12's containernetworking-plugins 1.1.1+ds1-3+b5: sizes and the time of the package. */
const PLUGINS: Readonly<Record<string, number>> = {
  bandwidth: 2_634_240, bridge: 2_943_104, dhcp: 7_256_344, firewall: 3_041_088, 'host-device': 2_626_176, 'host-local': 2_223_840, ipvlan: 2_724_384, loopback: 2_274_880,
  macvlan: 2_748_960, portmap: 2_563_712, ptp: 2_848_576, sbr: 2_418_400, static: 1_990_272, tuning: 2_332_224, vlan: 2_724_384, vrf: 2_446_912,
}
const PACKAGED: Timespec = { sec: Date.UTC(2023, 3, 9, 8, 13, 39) / 1000, nsec: 0 }

/** The FIFOs that captured processes hold: their directories have names by chance. */
export const heldFifos = (targets: readonly string[]): string =>
  [...new Set(targets.filter((target) => /^\/run\/containerd\/.*-(stdin|stdout|stderr)$/.test(target)).flatMap((target) => {
    const { directory } = cutPath(target)
    return [cutPath(directory).directory, directory, target]
  }))].sort().join('\n')

const HOST = 2
const Sandboxes = z.object({
  inspectp: z.record(z.string(), z.object({
    info: z.object({ config: z.looseObject({ linux: z.optional(z.looseObject({ security_context: z.optional(z.looseObject({ namespace_options: z.optional(z.looseObject({ ipc: z.optional(z.number()) })) })) })) }) }),
  })),
})

/** What lies deeper than was listed, whether or not the pod or the container still runs: /dev/shm of a pod that has its own, the directory of a container's streams. */
export const besideListed = readOnce(({ cri, tree }: Capture): string => {
  const { inspectp } = z.parse(Sandboxes, cri)
  return (tree[STATE] ?? '').split('\n').flatMap((path) => {
    const [, kind, id = ''] = new RegExp(`^${STATE}/io\\.containerd\\.grpc\\.v1\\.cri/(containers|sandboxes)/(${ID})$`).exec(path) ?? []
    if (kind === 'containers') return [`${path}/io`]
    return kind === 'sandboxes' && inspectp[id]?.info.config.linux?.security_context?.namespace_options?.ipc !== HOST ? [`${path}/shm`] : []
  }).join('\n')
})

export function layTree(disk: MemoryFs, { covers, programs }: { readonly covers: readonly Cover[]; readonly programs: Programs }, listing: string, now: Timespec): void {
  const paths = listing.split('\n').filter(Boolean)
  const folders = new Set(paths.map((path) => cutPath(path).directory))
  const owner = { uid: 0, gid: 0, now }
  for (const path of paths) {
    const { fs, inner } = fileSystemOf(disk, covers, path)
    const { directory, name } = cutPath(inner)
    const parent = directoryAt(fs.root, directory, now)
    if (inner === '') continue
    const found = MADE.find(([pattern]) => pattern.test(path))
    const kind = folders.has(path) ? 'dir' : (found?.[1] ?? 'file')
    const there = parent.lookup(name, null)
    if (kind === 'dir') {
      if (there && !found) continue
      const made = there instanceof Directory ? there : directoryAt(fs.root, inner, now)
      made.setAttributes({ mode: found?.[2] ?? 0o755 })
    } else if (there) continue
    else if (kind !== 'file') parent.insert(name, new MemorySpecial(fs, kind, { ...owner, mode: found?.[2] ?? 0o644 }, 0))
    else if (path.startsWith('/usr/lib/cni/')) parent.insert(name, new MemoryFile(fs, { ...owner, now: PACKAGED, mode: 0o755 }, executable(programs, path, PLUGINS[name] ?? 0)))
    else parent.insert(name, new MemoryFile(fs, { ...owner, mode: found?.[2] ?? 0o644 }))
  }
}
