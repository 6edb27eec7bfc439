/** ctr leases delete: delete a lease, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'delete a lease',
  args: '[flags] <lease id> ...',
  description: 'delete a lease',
  flags: [
    bool('sync', 'Synchronously remove leases and all unreferenced resources'),
  ],
  *run(context) {
    const client = yield* connect(context)
    if (context.args.length === 0) return context.showHelp()
    for (const [i, id] of context.args.entries()) {
      const sync = context.bool('sync') && i === context.args.length - 1
      yield* client.call((s, ns) => s.leases.delete(ns, id, { sync }))
      context.io.out(`${id}\n`)
    }
  },
})
