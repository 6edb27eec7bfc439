/** ctr leases list: list all active leases, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, joinLabels, worded } from '../../client'
import { narrowTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list all active leases',
  args: '[flags] <filter>',
  description: 'list active leases by containerd',
  flags: [
    bool('quiet, q', 'print only the blob digest'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const leases = yield* worded(({ message }) => `failed to list leases: ${message}`, client.call((s, ns) => s.leases.list(ns, context.args)))
    if (context.bool('quiet')) for (const { id } of leases) context.io.out(`${id}\n`)
    else {
      const rows = leases.map((lease) => [lease.id, lease.createdAt.replace(/\.\d+/, ''), joinLabels(lease.labels) || '-'])
      context.io.out(narrowTable(['ID', 'CREATED AT', 'LABELS'], rows))
    }
  },
})
