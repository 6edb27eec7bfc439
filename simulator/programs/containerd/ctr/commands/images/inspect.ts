/** ctr images inspect: inspect an image, as ctr 2.2.0 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'

export default command({
  name: 'inspect',
  aliases: ['i'],
  usage: 'inspect an image',
  args: '<image> [flags]',
  description: 'Inspect an image',
  flags: [
    bool('content', 'Show JSON content'),
  ],
  *run(context) {
    const client = yield* connect(context)
    yield* client.call((s, ns) => s.images.get(ns, context.arg(0)))
    return context.refuse('images inspect')
  },
})
