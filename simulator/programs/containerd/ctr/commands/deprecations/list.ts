/** ctr deprecations list: what containerd was asked for that will go; without any it prints nothing, and nothing here is deprecated. */
import { command } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'
import { connect } from '../../client'

export default command({
  name: 'list',
  usage: 'Print warnings for deprecations',
  flags: [
    string('format', "output format to use (Examples: 'default', 'json')"),
  ],
  *run(context) {
    yield* (yield* connect(context)).call((s) => s.introspection.server())
  },
})
