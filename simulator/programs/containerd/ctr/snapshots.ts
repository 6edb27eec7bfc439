/** What the snapshot commands share. */
import type { SnapshotMount } from '../../../containerd/services'
import type { Context } from '../../urfave/context'

export const snapshotter = (context: Context): string => context.string('snapshotter') || 'overlayfs'

/** mount(8) lines for a target. */
export const mountCommands = (target: string, mounts: readonly SnapshotMount[]): string =>
  mounts.map((m) => `mount -t ${m.Type} ${m.Source} ${target} -o ${m.Options.join(',')}\n`).join('')
