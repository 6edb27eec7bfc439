/**
 * Who is told of mounts (mount_namespaces(7), SHARED SUBTREES; fs/pnode.c): mounts of one group tell each other, a slave
 * is told by its master's group and tells nobody unless it is in a group itself.
 */
import type { Kernel } from '../kernel'
import type { Mount } from './mount'

export class PeerGroup {
  /** The number behind `shared:`. */
  readonly id: number
  readonly peers = new Set<Mount>()
  readonly slaves = new Set<Mount>()
  constructor(id: number) {
    this.id = id
  }
}

export type Propagation = 'shared' | 'slave' | 'private' | 'unbindable'

const GROUPS = new WeakMap<Kernel, Map<number, PeerGroup>>()

function groupsOf(kernel: Kernel): Map<number, PeerGroup> {
  let found = GROUPS.get(kernel)
  if (!found) {
    found = new Map()
    GROUPS.set(kernel, found)
  }
  return found
}

/** A group by its number, or a new one with the lowest number that is free. */
export function peerGroup(kernel: Kernel, id?: number): PeerGroup {
  const groups = groupsOf(kernel)
  for (const [number, { peers, slaves }] of groups) if (peers.size === 0 && slaves.size === 0) groups.delete(number)
  let number = id ?? 1
  if (id === undefined) while (groups.has(number)) number++
  let found = groups.get(number)
  if (!found) {
    found = new PeerGroup(number)
    groups.set(number, found)
  }
  return found
}

/** All mounts that are in a group or told by one. */
export const groupedMounts = (kernel: Kernel): Mount[] => [...groupsOf(kernel).values()].flatMap(({ peers, slaves }) => [...peers, ...slaves])

export function joinGroup(mount: Mount, group: PeerGroup): void {
  mount.group = group
  group.peers.add(mount)
}

export function serve(mount: Mount, master: PeerGroup | null): void {
  mount.master?.slaves.delete(mount)
  mount.master = master
  master?.slaves.add(mount)
}

/** A mount that is gone tells nobody. */
export function leavePeers(mount: Mount): void {
  leaveGroup(mount)
  serve(mount, null)
}

/** Out of its group; when it was the last one, the group's slaves go over to whoever told it. */
function leaveGroup(mount: Mount): PeerGroup | null {
  const { group, master } = mount
  if (!group) return master
  group.peers.delete(mount)
  mount.group = null
  if (group.peers.size > 0) return group
  for (const slave of [...group.slaves]) serve(slave, master)
  return master
}

/** mount(2) with MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE on one mount (change_mnt_propagation). */
export function setPropagation(kernel: Kernel, mount: Mount, kind: Propagation): void {
  if (kind === 'shared') {
    mount.unbindable = false
    if (!mount.group) joinGroup(mount, peerGroup(kernel))
    return
  }
  const from = leaveGroup(mount)
  serve(mount, kind === 'slave' ? from : null)
  if (kind !== 'slave') mount.unbindable = kind === 'unbindable'
}

/** A copy belongs where the original does (clone_mnt). `as` slave: it is only told. */
export function copyPropagation(copy: Mount, original: Mount, as: 'peer' | 'slave'): void {
  if (as === 'slave') serve(copy, original.group ?? original.master)
  else {
    if (original.group) joinGroup(copy, original.group)
    serve(copy, original.master)
  }
}

/** Mounts that are told alike: the peers of a group, or a slave that tells nobody. */
export interface Circle {
  readonly kind: 'peers' | 'slave'
  /** Whose copies tell the copies of this circle; null for the circle where it happened. */
  readonly from: Circle | null
}

/** The attached mounts that hear of what happens on `mount`, itself not among them (propagation_next). */
export function* toldBy(mount: Mount): Iterable<{ readonly mount: Mount; readonly circle: Circle }> {
  if (!mount.group) return
  const seen = new Set<PeerGroup>([mount.group])
  const pending: { readonly group: PeerGroup; readonly circle: Circle }[] = [{ group: mount.group, circle: { kind: 'peers', from: null } }]
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { group, circle } = next
    for (const peer of [...group.peers]) if (peer !== mount && peer.namespace) yield { mount: peer, circle }
    for (const slave of [...group.slaves]) {
      if (!slave.group) {
        if (slave.namespace) yield { mount: slave, circle: { kind: 'slave', from: circle } }
      } else if (!seen.has(slave.group)) {
        seen.add(slave.group)
        pending.push({ group: slave.group, circle: { kind: 'peers', from: circle } })
      }
    }
  }
}

export function optionalFields({ group, master, unbindable }: Mount): string[] {
  const out: string[] = []
  if (group) out.push(`shared:${group.id}`)
  if (master) out.push(`master:${master.id}`)
  if (unbindable) out.push('unbindable')
  return out
}

/** Takes the fields of a captured mountinfo line. */
export function restorePropagation(kernel: Kernel, mount: Mount, fields: readonly string[]): void {
  for (const field of fields) {
    const [kind, id] = field.split(':')
    if (kind === 'shared') joinGroup(mount, peerGroup(kernel, Number(id)))
    if (kind === 'master') serve(mount, peerGroup(kernel, Number(id)))
    if (kind === 'unbindable') mount.unbindable = true
  }
}
