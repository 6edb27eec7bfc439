/** ctr images unmount: unmount the image from the target, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS, SNAPSHOTTER_FLAGS } from '../../flags'
import { connect, messageOf } from '../../client'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'
import { isErrno } from '../../../../../kernel/errno'

export default command({
  name: 'unmount',
  usage: 'unmount the image from the target',
  args: '[flags] <target>',
  description: 'Unmount the image rootfs from the specified target.',
  flags: [
    ...REGISTRY_FLAGS,
    ...SNAPSHOTTER_FLAGS,
    strings('label', 'labels to attach to the image'),
    bool('rm', 'remove the snapshot after a successful unmount'),
  ],
  *run(context) {
    const target = context.arg(0)
    if (target === '') throw new Failure('please provide a target path to unmount from')
    const client = yield* connect(context)
    try {
      for (;;) context.sys.umount(target)
    } catch (error) {
      // All that is mounted there goes, one on the other (mount.UnmountAll): it ends at what is no mount point.
      if (!isErrno(error, 'EINVAL', 'ENOENT')) throw error
    }
    if (context.bool('rm')) {
      try {
        yield* client.call((s, ns) => s.leases.delete(ns, target))
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) throw new Failure(`error deleting lease: ${messageOf(error)}`)
      }
      try {
        yield* client.call((s, ns) => s.snapshots.remove(ns, context.string('snapshotter') || 'overlayfs', target))
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) throw new Failure(`error removing snapshot: ${messageOf(error)}`)
      }
    }
    context.io.out(`${target}\n`)
  },
})
