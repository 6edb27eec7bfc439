/** docker image prune (cli/command/image/prune.go). */
import { humanSize } from '../../../../go/units'
import { command, filtersOf } from '../../command'
import { confirmed } from '../../confirm'

export default command({
  flags: ['all', 'filter', 'force'],
  *run(context) {
    const { io, flags } = context
    const all = flags.is('all')
    if (!(yield* confirmed(context, all ? 'This will remove all images without at least one container associated to them.' : 'This will remove all dangling images.'))) return
    const { deleted, reclaimed } = yield* context.call((docker) => docker.images.prune({ ...filtersOf(context), dangling: [String(!all)] }))
    if (deleted.length > 0) io.out(`Deleted Images:\n${deleted.map(({ Untagged, Deleted }) => (Untagged === undefined ? `deleted: ${Deleted}\n` : `untagged: ${Untagged}\n`)).join('')}\n`)
    io.out(`Total reclaimed space: ${humanSize(reclaimed)}\n`)
  },
})
