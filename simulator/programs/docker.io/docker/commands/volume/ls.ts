/** docker volume ls (cli/command/volume/list.go, formatter/volume.go). */
import { command, filtersOf } from '../../command'
import { labelsText } from '../../tables'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.Driver}}\\t{{.Name}}'
const HEADINGS: Row = { Name: 'VOLUME NAME', Driver: 'DRIVER', Labels: 'LABELS', Links: 'LINKS', Mountpoint: 'MOUNTPOINT', Scope: 'SCOPE', Size: 'SIZE' }

export default command({
  flags: ['filter', 'format', 'quiet'],
  *run(context) {
    const { io, flags } = context
    const volumes = yield* context.call((docker) => docker.volumes.list(filtersOf(context)))
    const given = flags.text('format')
    const format = given === undefined || given === 'table' ? (flags.is('quiet') ? '{{.Name}}' : COLUMNS) : given
    const rows = volumes.map(({ Name, Driver, Labels, Mountpoint, Scope }): Row => ({ Name, Driver, Labels: labelsText(Labels), Links: 'N/A', Mountpoint, Scope, Size: 'N/A' }))
    io.out(formatted(format, { type: '*formatter.volumeContext', headings: HEADINGS }, rows))
  },
})
