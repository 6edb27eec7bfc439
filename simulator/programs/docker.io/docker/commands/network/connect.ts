/** docker network connect (cli/command/network/connect.go). */
import { command } from '../../command'

export default command({
  flags: ['alias', 'ip'],
  *run(context) {
    const { flags, args: [network = '', container = ''] } = context
    const ip = flags.text('ip')
    yield* context.call((docker) => docker.networks.connect(network, container, { Aliases: flags.all('alias'), ...(ip === undefined ? {} : { IPv4Address: ip }) }))
  },
})
