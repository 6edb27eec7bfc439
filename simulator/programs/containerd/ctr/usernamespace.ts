/** `--uidmap` and `--gidmap`: a user namespace, and a root file system whose files belong to its users (cmd/ctr/commands/run/run_unix.go, container_opts_unix.go of 1.6). */
import type { Client } from './client'
import { filesBelow, withMounted } from '../../../containerd/files'
import { isGrpc } from '../../../containerd/grpc'
import type { OciIdMapping, OciLinux } from '../../../containerd/oci/types'
import type { Labels, SnapshotMount } from '../../../containerd/services'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { quote } from '../../go/strconv'
import { type Context, Failure } from '../../urfave/context'

export interface Mappings {
  readonly uid: OciIdMapping
  readonly gid: OciIdMapping
}

const PARTS = ['container id', 'host id', 'size']
const MAX_ID = 0xffffffff

/** `container-id:host-id:size` for users and groups; only together do they mean anything. */
export function mappingsOf(context: Context): Mappings | undefined {
  const [uid = '', gid = ''] = ['uidmap', 'gidmap'].map((name) => context.string(name))
  return uid === '' || gid === '' ? undefined : { uid: mapping(uid), gid: mapping(gid) }
}

function mapping(text: string): OciIdMapping {
  const parts = text.split(':')
  if (parts.length !== 3) throw new Failure('user namespace mappings require the format `container-id:host-id:size`')
  const [containerID = 0, hostID = 0, size = 0] = parts.map((part, i) => {
    const fail = (why: string): Failure => new Failure(`invalid ${PARTS[i]} for user namespace remapping: strconv.ParseUint: parsing ${quote(part)}: ${why}`)
    if (!/^\d+$/.test(part)) throw fail('invalid syntax')
    if (Number(part) > MAX_ID) throw fail('value out of range')
    return Number(part)
  })
  return { containerID, hostID, size }
}

/** oci.WithUserNamespace. */
export const inUserNamespace = (linux: OciLinux | undefined, { uid, gid }: Mappings): OciLinux => ({
  uidMappings: [uid], gidMappings: [gid], namespaces: [...(linux?.namespaces ?? []), { type: 'user' }],
})

/** What tells a snapshotter to do the remapping itself (containerd.WithRemapperLabels); overlayfs of 1.6 does not. */
export const mappingLabels = ({ uid, gid }: Mappings): Labels => ({
  'containerd.io/snapshot/uidmapping': `${uid.containerID}:${uid.hostID}:${uid.size}`,
  'containerd.io/snapshot/gidmapping': `${gid.containerID}:${gid.hostID}:${gid.size}`,
})

interface Wanted {
  readonly snapshotter: string
  readonly parent: string
  readonly mappings: Mappings
}

/** The snapshot whose files are the parent's, moved to the host's ids; it is made once and shared. Its name. */
export function* remapped(client: Client, { snapshotter, parent, mappings }: Wanted): Run<string> {
  const name = `${parent}-${mappings.uid.hostID}-${mappings.gid.hostID}`
  try {
    yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, name))
    return name
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
  }
  const key = `${name}-remap`
  const mounts = yield* client.call((s, ns) => s.snapshots.prepare(ns, snapshotter, { key, parent }))
  yield* moveOwners(client.sys, mounts, mappings)
  yield* client.call((s, ns) => s.snapshots.commit(ns, snapshotter, { name, key }))
  return name
}

/** Every file of the mounted snapshot to its owner plus the host's first id. */
function* moveOwners(sys: Sys, mounts: readonly SnapshotMount[], { uid, gid }: Mappings): Run {
  yield* withMounted(sys, mounts, function* (root) {
    for (const path of filesBelow(sys, root)) {
      const stat = sys.lstat(path)
      sys.chown(path, stat.uid + uid.hostID, stat.gid + gid.hostID, { noFollow: true })
      if (stat.kind !== 'link' && (stat.mode & 0o7000) !== 0) sys.chmod(path, stat.mode & 0o7777)
      if (sys.spend(2)) yield 'preempted'
    }
  })
}
