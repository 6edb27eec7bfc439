/** ctr containers label: set and clear labels for a container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, joinMapped, labelArgs, loadContainer } from '../../client'
import { invalidArgument } from '../../../../../containerd/grpc'

export default command({
  name: 'label',
  usage: 'set and clear labels for a container',
  args: '[flags] CONTAINER [<key>=<value>, ...]',
  description: 'set and clear labels for a container',
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw invalidArgument('container id must be provided')
    const client = yield* connect(context)
    const container = yield* loadContainer(client, id)
    const labels = labelArgs(context.args.slice(1))
    // Without labels there is no field path, and an update of all fields meets immutable ones.
    const fields = Object.keys(labels).map((key) => `labels.${key}`)
    const sent = fields.length > 0 ? { ...container, Labels: labels } : { ...container, Labels: {}, Snapshotter: '' }
    const updated = yield* client.call((s, ns) => s.containers.update(ns, sent, fields))
    context.io.out(`${joinMapped(client, updated.Labels)}\n`)
  },
})
