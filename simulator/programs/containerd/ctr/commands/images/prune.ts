/** ctr images prune: remove unused images, as ctr 1.7.28 has it: those that no container of the namespace names. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'
import { isGrpc } from '../../../../../containerd/grpc'
import { logrus } from '../../../../go/logrus'

export default command({
  name: 'prune',
  usage: 'Remove unused images',
  flags: [
    bool('all', 'Remove all unused images, not just dangling ones (if all is not specified no images will be pruned)'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const { io, sys } = context
    if (!context.bool('all')) {
      io.err(logrus(sys, 'warning', 'No images pruned. `image prune` requires --all to be specified.', {}))
      return
    }
    const images = yield* client.call((s, ns) => s.images.list(ns, []))
    const used = new Set((yield* client.call((s, ns) => s.containers.list(ns, []))).map(({ Image }) => Image))
    const unused = images.filter(({ name }) => !used.has(name))
    for (const [i, { name }] of unused.entries()) {
      try {
        yield* client.call((s, ns) => s.images.delete(ns, name, { sync: i === unused.length - 1 }))
      } catch (error) {
        if (!isGrpc(error)) throw error
        if (error.code !== 'NotFound') io.err(logrus(sys, 'warning', `failed to delete image ${name}`, { fields: { error: error.message } }))
        continue
      }
      io.err(logrus(sys, 'info', `deleted image: ${name}\n`, {}))
    }
  },
})
