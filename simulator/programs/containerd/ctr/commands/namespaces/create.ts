/** ctr namespaces create: create a new namespace, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, labelArgs } from '../../client'
import { Failure } from '../../../../urfave/context'

export default command({
  name: 'create',
  aliases: ['c'],
  usage: 'create a new namespace',
  args: '<name> [<key>=<value>]',
  description: 'create a new namespace. it must be unique',
  *run(context) {
    const name = context.arg(0)
    if (name === '') throw new Failure('please specify a namespace')
    const client = yield* connect(context)
    yield* client.call((s, ns) => s.namespaces.create(ns, name, labelArgs(context.args.slice(1))))
  },
})
