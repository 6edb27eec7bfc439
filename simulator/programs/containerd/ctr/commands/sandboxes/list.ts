/** ctr sandboxes list: list sandboxes, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { strings } from '../../../../urfave/flag'
import { connect } from '../../client'
import { narrowTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'List sandboxes',
  flags: [
    strings('filters', 'The list of filters to apply when querying sandboxes from the store'),
  ],
  *run(context) {
    const client = yield* connect(context)
    if (context.isSet('filters')) return context.refuse('sandboxes list --filters')
    const sandboxes = yield* client.call((s, ns) => s.sandboxes.list(ns))
    context.io.out(narrowTable(['ID', 'CREATED', 'RUNTIME'], sandboxes.map(({ ID, CreatedAt, Runtime }) => [ID, CreatedAt.replace('T', ' ').replace('Z', ' +0000 UTC'), Runtime])))
  },
})
