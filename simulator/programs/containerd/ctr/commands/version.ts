/** ctr version: print the client and server versions, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { connect } from '../client'

export default command({
  name: 'version',
  usage: 'print the client and server versions',
  *run(context) {
    const { io } = context
    io.out(`Client:\n  Version:  1.6.20~ds1\n  Revision: 1.6.20~ds1-1+deb12u3\n  Go version: go1.19.8\n\n`)
    const client = yield* connect(context)
    const server = yield* client.call((s) => s.version.version())
    const { uuid } = yield* client.call((s) => s.introspection.server())
    io.out(`Server:\n  Version:  ${server.version}\n  Revision: ${server.revision}\n  UUID: ${uuid}\n`)
  },
})
