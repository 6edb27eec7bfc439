/** ctr containers list: list containers, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'
import { wideTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list containers',
  args: '[flags] [<filter>, ...]',
  flags: [
    bool('quiet, q', 'print only the container id'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const containers = yield* client.call((s, ns) => s.containers.list(ns, context.args))
    if (context.bool('quiet')) for (const { ID } of containers) context.io.out(`${ID}\n`)
    else {
      const rows = containers.map((c) => [c.ID, c.Image || '-', c.Runtime.Name])
      context.io.out(wideTable(['CONTAINER', 'IMAGE', 'RUNTIME'], rows, 'closed'))
    }
  },
})
