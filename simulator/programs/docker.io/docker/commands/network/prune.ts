/** docker network prune (cli/command/network/prune.go). */
import { command, filtersOf } from '../../command'
import { confirmed } from '../../confirm'

export default command({
  flags: ['filter', 'force'],
  *run(context) {
    if (!(yield* confirmed(context, 'This will remove all custom networks not used by at least one container.'))) return
    const names = yield* context.call((docker) => docker.networks.prune(filtersOf(context)))
    if (names.length > 0) context.io.out(`Deleted Networks:\n${names.map((name) => `${name}\n`).join('')}\n`)
  },
})
