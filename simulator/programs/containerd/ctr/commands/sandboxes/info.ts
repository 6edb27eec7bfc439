/** ctr sandboxes info: get info about a sandbox, as ctr 2.2.0 has it. */
import { command } from '../../../../urfave/command'
import { Failure } from '../../../../urfave/context'
import { connect } from '../../client'

export default command({
  name: 'info',
  aliases: ['i'],
  usage: 'Get info about a sandbox',
  args: '<sandbox id>',
  *run(context) {
    const client = yield* connect(context)
    if (context.arg(0) === '') throw new Failure('sandbox id must be provided: invalid argument')
    if ((yield* client.call((s, ns) => s.sandboxes.list(ns))).some(({ ID }) => ID === context.arg(0))) return context.refuse('sandboxes info')
    throw new Failure(`failed to load sandbox ${context.arg(0)}`)
  },
})
