/** ctr version: print the client and server versions, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { Failure } from '../../../urfave/context'
import { connect } from '../client'
import { ownRelease, type Release } from '../../../../containerd/release'

/** Before the list of arguments that are too many: how Go prints it. Before 1.7 they were not minded. */
const EXTRA: Readonly<Partial<Record<Release['line'], string>>> = { '1.7': '', 2: '&' }

export default command({
  name: 'version',
  usage: 'print the client and server versions',
  *run(context) {
    const { io } = context
    const own = yield* ownRelease(io.sys)
    const extra = EXTRA[own.line]
    if (extra !== undefined && context.args.length > 0) throw new Failure(`extra arguments: ${extra}[${context.args.join(' ')}]`)
    io.out(`Client:\n  Version:  ${own.version}\n  Revision: ${own.revision}\n  Go version: ${own.go}\n\n`)
    const client = yield* connect(context)
    const server = yield* client.call((s) => s.version.version())
    const { uuid } = yield* client.call((s) => s.introspection.server())
    io.out(`Server:\n  Version:  ${server.version}\n  Revision: ${server.revision}\n  UUID: ${uuid}\n`)
  },
})
