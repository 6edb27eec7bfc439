/** ctr namespaces list: list namespaces, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, joinLabels } from '../../client'
import { narrowTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list namespaces',
  args: '[flags]',
  description: 'list namespaces',
  flags: [
    bool('quiet, q', 'print only the namespace name'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const namespaces = yield* client.call((s) => s.namespaces.list())
    if (context.bool('quiet')) for (const { name } of namespaces) context.io.out(`${name}\n`)
    else context.io.out(narrowTable(['NAME', 'LABELS'], namespaces.map(({ name, labels }) => [name, joinLabels(labels)])))
  },
})
