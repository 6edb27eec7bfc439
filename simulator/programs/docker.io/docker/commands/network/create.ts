/** docker network create (cli/command/network/create.go). */
import { command } from '../../command'
import { labelsOf } from '../../create-options'

export default command({
  flags: ['attachable', 'driver', 'gateway', 'internal', 'ip-range', 'label', 'opt', 'subnet'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    const given = (flag: string, key: string): object => (flags.text(flag) === undefined ? {} : { [key]: flags.text(flag) })
    const id = yield* context.call((docker) =>
      docker.networks.create({
        name, driver: flags.text('driver') ?? 'bridge', internal: flags.is('internal'), attachable: flags.is('attachable'), labels: labelsOf(flags.all('label')), options: labelsOf(flags.all('opt')), ...given('subnet', 'subnet'),
        ...given('gateway', 'gateway'), ...given('ip-range', 'ipRange'),
      }),
    )
    io.out(`${id}\n`)
  },
})
