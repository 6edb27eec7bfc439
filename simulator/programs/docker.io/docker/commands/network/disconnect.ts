/** docker network disconnect (cli/command/network/disconnect.go). */
import { command } from '../../command'

export default command({
  flags: ['force'],
  *run(context) {
    const { flags, args: [network = '', container = ''] } = context
    yield* context.call((docker) => docker.networks.disconnect(network, container, flags.is('force') ? 'force' : 'gently'))
  },
})
