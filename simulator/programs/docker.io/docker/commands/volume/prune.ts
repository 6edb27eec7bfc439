/** docker volume prune (cli/command/volume/prune.go). */
import { humanSize } from '../../../../go/units'
import { command, filtersOf } from '../../command'
import { confirmed } from '../../confirm'

export default command({
  flags: ['filter', 'force'],
  *run(context) {
    if (!(yield* confirmed(context, 'This will remove all local volumes not used by at least one container.'))) return
    const { deleted, reclaimed } = yield* context.call((docker) => docker.volumes.prune(filtersOf(context)))
    if (deleted.length > 0) context.io.out(`Deleted Volumes:\n${deleted.map((name) => `${name}\n`).join('')}\n`)
    context.io.out(`Total reclaimed space: ${humanSize(reclaimed)}\n`)
  },
})
