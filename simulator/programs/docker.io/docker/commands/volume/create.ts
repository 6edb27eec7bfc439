/** docker volume create (cli/command/volume/create.go). */
import { command } from '../../command'
import { labelsOf } from '../../create-options'

export default command({
  flags: ['driver', 'label', 'opt'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    const volume = yield* context.call((docker) => docker.volumes.create({ name, driver: flags.text('driver') ?? 'local', labels: labelsOf(flags.all('label')), options: labelsOf(flags.all('opt')) }))
    io.out(`${volume.Name}\n`)
  },
})
