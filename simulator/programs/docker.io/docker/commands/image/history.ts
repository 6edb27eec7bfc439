/** docker history (cli/command/image/history.go, formatter_history.go). */
import { humanSize } from '../../../../go/units'
import { command } from '../../command'
import { ago, ellipsis, truncated } from '../../tables'
import { formatted, type Row } from '../../templates'

const HUMAN = 'table {{.ID}}\\t{{.CreatedSince}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}'
const EXACT = 'table {{.ID}}\\t{{.CreatedAt}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}'
const HEADINGS: Row = { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' }
const LONGEST = 45

export default command({
  flags: ['format', 'human', 'no-trunc', 'quiet'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    const rows = yield* context.call((docker) => docker.images.history(name))
    const isHuman = flags.is('human')
    const isShort = !flags.is('no-trunc')
    const given = flags.text('format')
    const format = flags.is('quiet') ? '{{.ID}}' : given === undefined || given === 'table' ? (isHuman ? HUMAN : EXACT) : given
    const { sec } = io.sys.now()
    io.out(
      formatted(format, { type: '*image.historyContext', headings: HEADINGS }, rows.map(({ Id, Created, CreatedBy, Size, Comment }) => {
        const at = new Date(Created * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
        const by = CreatedBy.replaceAll('\t', ' ')
        return { ID: isShort ? truncated(Id) : Id, CreatedSince: isHuman ? ago(sec, Created) : at, CreatedAt: at, CreatedBy: isShort ? ellipsis(by, LONGEST) : by, Size: isHuman ? humanSize(Size, 3) : String(Size), Comment }
      })),
    )
  },
})
