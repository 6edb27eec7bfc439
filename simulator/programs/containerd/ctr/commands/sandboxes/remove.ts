/** ctr sandboxes remove: remove sandboxes, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
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
    const client = yield* connect(context)
    const known = yield* client.call((s, ns) => s.sandboxes.list(ns))
    for (const id of context.args) {
      if (known.some(({ ID }) => ID === id)) return context.refuse('sandboxes remove')
      const why = known.length === 0 ? 'no sandbox buckets' : `bucket "${id}" not found`
      context.io.err(logrus(context.sys, 'error', `failed to load sandbox ${id}`, { fields: { error: `${why}: not found` } }))
    }
  },
})
