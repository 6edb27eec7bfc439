/** ctr snapshots: manage snapshots, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'
import { SNAPSHOTTER_FLAGS } from '../../flags'

export default group({
  name: 'snapshots',
  aliases: ['snapshot'],
  usage: 'manage snapshots',
  flags: [
    ...SNAPSHOTTER_FLAGS,
  ],
  commands: ['commit', 'diff', 'info', 'list', 'mounts', 'prepare', 'delete', 'label', 'tree', 'unpack', 'usage', 'view'],
})
