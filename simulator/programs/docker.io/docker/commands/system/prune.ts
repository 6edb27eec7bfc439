/** docker system prune (cli/command/system/prune.go). */
import { humanSize } from '../../../../go/units'
import { command, filtersOf } from '../../command'
import { confirmed } from '../../confirm'

export default command({
  flags: ['all', 'filter', 'force', 'volumes'],
  *run(context) {
    const { io, flags } = context
    const all = flags.is('all')
    const parts = [
      'all stopped containers', 'all networks not used by at least one container', ...(flags.is('volumes') ? ['all volumes not used by at least one container'] : []),
      all ? 'all images without at least one container associated to them' : 'all dangling images', all ? 'all build cache' : 'all dangling build cache',
    ]
    if (!(yield* confirmed(context, `This will remove:\n${parts.map((part) => `  - ${part}\n`).join('')}`))) return
    const filters = filtersOf(context)
    let space = 0
    const containers = yield* context.call((docker) => docker.containers.prune(filters))
    space += containers.reclaimed
    if (containers.deleted.length > 0) io.out(`Deleted Containers:\n${containers.deleted.map((id) => `${id}\n`).join('')}\n`)
    const networks = yield* context.call((docker) => docker.networks.prune(filters))
    if (networks.length > 0) io.out(`Deleted Networks:\n${networks.map((name) => `${name}\n`).join('')}\n`)
    if (flags.is('volumes')) {
      const volumes = yield* context.call((docker) => docker.volumes.prune(filters))
      space += volumes.reclaimed
      if (volumes.deleted.length > 0) io.out(`Deleted Volumes:\n${volumes.deleted.map((name) => `${name}\n`).join('')}\n`)
    }
    const images = yield* context.call((docker) => docker.images.prune({ ...filters, dangling: [String(!all)] }))
    space += images.reclaimed
    if (images.deleted.length > 0) io.out(`Deleted Images:\n${images.deleted.map(({ Untagged, Deleted }) => (Untagged === undefined ? `deleted: ${Deleted}\n` : `untagged: ${Untagged}\n`)).join('')}\n`)
    io.out(`Total reclaimed space: ${humanSize(space)}\n`)
  },
})
