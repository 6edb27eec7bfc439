/** ctr info: print the server info, as ctr 1.7.28 has it (cmd/ctr/commands/info/info.go). */
import { command } from '../../../urfave/command'
import { connect } from '../client'
import { MARSHAL, marshal } from '../../../go/json'

export default command({
  name: 'info',
  usage: 'Print the server info',
  *run(context) {
    const server = yield* (yield* connect(context)).call((s) => s.introspection.server())
    context.io.out(`${marshal({ server }, MARSHAL)}\n`)
  },
})
