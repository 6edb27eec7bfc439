/** ctr namespaces label: set and clear labels for a namespace, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, labelArgs } from '../../client'
import { Failure } from '../../../../urfave/context'

export default command({
  name: 'label',
  usage: 'set and clear labels for a namespace',
  args: '<name> [<key>=<value>, ...]',
  description: 'set and clear labels for a namespace. empty value clears the label',
  *run(context) {
    const name = context.arg(0)
    if (name === '') throw new Failure('please specify a namespace')
    const client = yield* connect(context)
    for (const [key, value] of Object.entries(labelArgs(context.args.slice(1)))) yield* client.call((s, ns) => s.namespaces.setLabel(ns, name, key, value))
  },
})
