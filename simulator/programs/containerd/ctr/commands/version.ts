/** ctr version: print the client and server versions, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { connect } from '../client'
import { ownRelease } from '../../../../containerd/release'

export default command({
  name: 'version',
  usage: 'print the client and server versions',
  *run(context) {
    const { io } = context
    const own = yield* ownRelease(io.sys)
    io.out(`Client:\n  Version:  ${own.version}\n  Revision: ${own.revision}\n  Go version: ${own.go}\n\n`)
    const client = yield* connect(context)
    const server = yield* client.call((s) => s.version.version())
    const { uuid } = yield* client.call((s) => s.introspection.server())
    io.out(`Server:\n  Version:  ${server.version}\n  Revision: ${server.revision}\n  UUID: ${uuid}\n`)
  },
})
