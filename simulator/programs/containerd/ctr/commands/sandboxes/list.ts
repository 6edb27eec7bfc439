/** ctr sandboxes list: list sandboxes, as ctr 1.7.28 has it. The CRI plugin of 1.7 keeps its own elsewhere; that of 2.x, in namespace k8s.io, is not shown here. */
import { command } from '../../../../urfave/command'
import { strings } from '../../../../urfave/flag'
import { ownRelease } from '../../../../../containerd/release'
import { tabulate } from '../../../../go/tabwriter'
import { connect } from '../../client'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'List sandboxes',
  flags: [
    strings('filters', 'The list of filters to apply when querying sandboxes from the store'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const { version } = yield* ownRelease(context.sys)
    if (!version.startsWith('v1.') && client.ns === 'k8s.io') return context.refuse('sandboxes list')
    context.io.out(tabulate('ID\tCREATED\tRUNTIME\t\n', { minWidth: 1, tabWidth: 8, padding: 1, padChar: ' ' }))
  },
})
