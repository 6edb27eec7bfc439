/** docker container prune (cli/command/container/prune.go). */
import { command, filtersOf } from '../../command'
import { confirmed } from '../../confirm'
import { humanSize } from '../../../../go/units'

export default command({
  flags: ['filter', 'force'],
  *run(context) {
    if (!(yield* confirmed(context, 'This will remove all stopped containers.'))) return
    const { deleted, reclaimed } = yield* context.call((docker) => docker.containers.prune(filtersOf(context)))
    if (deleted.length > 0) context.io.out(`Deleted Containers:\n${deleted.map((id) => `${id}\n`).join('')}\n`)
    context.io.out(`Total reclaimed space: ${humanSize(reclaimed)}\n`)
  },
})
