/** docker create (cli/command/container/create.go). */
import { command } from '../../command'
import { CREATE_FLAGS, parseOptions } from '../../create-options'
import { makeContainer } from '../../making'

export default command({
  flags: CREATE_FLAGS,
  reading: 'until first word',
  *run(context) {
    const id = yield* makeContainer(context, yield* parseOptions(context, 'attached'))
    context.io.out(`${id}\n`)
  },
})
