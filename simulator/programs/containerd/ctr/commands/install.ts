/** ctr install: install a new package, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect } from '../client'

export default command({
  name: 'install',
  usage: 'install a new package',
  args: '<ref>',
  description: 'install a new package',
  flags: [
    bool('libs, l', 'install libs from the image'),
    bool('replace, r', 'replace any binaries or libs in the opt directory'),
    string('path', 'set an optional install path other than the managed opt directory'),
  ],
  *run(context) {
    const client = yield* connect(context)
    yield* client.call((s, ns) => s.images.get(ns, context.arg(0)))
    return context.refuse('install')
  },
})
