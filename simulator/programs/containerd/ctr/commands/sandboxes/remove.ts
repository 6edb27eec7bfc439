/** ctr sandboxes remove: remove sandboxes, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { ownRelease } from '../../../../../containerd/release'
import { logrus } from '../../../../go/logrus'
import { connect } from '../../client'
import { bool } from '../../../../urfave/flag'

export default command({
  name: 'remove',
  aliases: ['rm'],
  usage: 'Remove sandboxes',
  args: '<id> [<id>, ...]',
  flags: [
    bool('force, f', 'Ignore shutdown errors when removing sandbox'),
  ],
  *run(context) {
    const { line } = yield* ownRelease(context.sys)
    const client = yield* connect(context)
    // The CRI plugin's own are known to this store from 2.0 on.
    if (context.args.length > 0 && line === '2' && client.ns === 'k8s.io') return context.refuse('sandboxes remove')
    for (const id of context.args) context.io.err(logrus(context.sys, 'error', `failed to load sandbox ${id}`, { fields: { error: 'no sandbox buckets: not found' } }))
  },
})
