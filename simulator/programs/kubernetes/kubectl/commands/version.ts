/** kubectl version. */
import { command } from '../command'

export default command({
  flags: [{ name: 'short', type: 'bool' }, { name: 'client', type: 'bool' }, { name: 'output', short: 'o', type: 'string' }],
  *run(context) {
    const { io, flags } = context
    if (flags.is('short')) io.err('Flag --short has been deprecated, and will be removed in the future. The --short output will become the default.\n')
    io.out('Client Version: v1.27.1\nKustomize Version: v5.0.1\n')
    if (!flags.is('client')) io.out(`Server Version: ${yield* context.api(function* (api) { return api.version })}\n`)
  },
})
