/** docker network ls (cli/command/network/list.go, formatter.go). */
import { command, filtersOf } from '../../command'
import { labelsText, truncated } from '../../tables'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.Scope}}'
const HEADINGS: Row = { ID: 'NETWORK ID', Name: 'NAME', Driver: 'DRIVER', Scope: 'SCOPE', IPv6: 'IPV6', Internal: 'INTERNAL', Labels: 'LABELS', CreatedAt: 'CREATED AT' }

interface Found {
  readonly Id: string
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  readonly Internal: boolean
  readonly Created: string
  readonly Labels: Readonly<Record<string, string>>
}

export default command({
  flags: ['filter', 'format', 'no-trunc', 'quiet'],
  *run(context) {
    const { io, flags } = context
    const networks = (yield* context.call((docker) => docker.networks.list(filtersOf(context)))) as unknown as readonly Found[]
    const given = flags.text('format')
    const format = given === undefined || given === 'table' ? (flags.is('quiet') ? '{{.ID}}' : COLUMNS) : given
    const rows = networks.map(({ Id, Name, Driver, Scope, Internal, Created, Labels }): Row => ({
      ID: flags.is('no-trunc') ? Id : truncated(Id), Name, Driver, Scope, IPv6: 'false', Internal: String(Internal), Labels: labelsText(Labels), CreatedAt: `${Created.replace('T', ' ').replace('Z', '')} +0000 UTC`,
    }))
    io.out(formatted(format, { type: '*network.networkContext', headings: HEADINGS }, rows))
  },
})
