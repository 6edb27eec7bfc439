/** docker ps (cli/command/container/list.go, formatter/container.go). */
import type { ContainerSummary, ShownPort } from '../../../../../docker/types'
import { humanSize } from '../../../../go/units'
import { quote } from '../../../../go/strconv'
import { command, filtersOf } from '../../command'
import { ago, ellipsis, labelsText, stamp, truncated } from '../../tables'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}'
const HEADINGS: Row = {
  ID: 'CONTAINER ID', Names: 'NAMES', Image: 'IMAGE', Command: 'COMMAND', CreatedAt: 'CREATED AT', RunningFor: 'CREATED', Ports: 'PORTS', State: 'STATE', Status: 'STATUS', Size: 'SIZE', Labels: 'LABELS', Mounts: 'MOUNTS',
  LocalVolumes: 'LOCAL VOLUMES', Networks: 'NETWORKS',
}

export default command({
  flags: ['all', 'filter', 'format', 'last', 'latest', 'no-trunc', 'quiet', 'size'],
  *run(context) {
    const { io, flags } = context
    const limit = flags.is('latest') ? 1 : Math.max(0, flags.number('last'))
    const given = flags.text('format')
    const format = flags.is('quiet') && (given === undefined || given === 'table') ? '{{.ID}}' : given === undefined || given === 'table' ? `${COLUMNS}${flags.is('size') ? '\\t{{.Size}}' : ''}` : given
    const isSized = flags.is('size') || /\.Size\b/.test(format)
    const rows = yield* context.call((docker) => docker.containers.list({ all: flags.is('all') ? 'all' : 'running', filters: filtersOf(context), limit, size: isSized ? 'counted' : 'none' }))
    const { sec } = io.sys.now()
    io.out(formatted(format, { type: '*formatter.ContainerContext', headings: HEADINGS }, rows.map((row) => shown(row, sec, flags.is('no-trunc') ? 'whole' : 'short'))))
  },
})

function shown(c: ContainerSummary, now: number, form: 'whole' | 'short'): Row {
  const short = form === 'short'
  const image = short && truncated(c.ImageID) === truncated(c.Image) ? truncated(c.Image) : short ? c.Image.replace(/@sha256:[0-9a-f]+$/, '') : c.Image
  const mounts = c.Mounts.map(({ name, source }) => (name === '' ? source : name)).map((text) => (short ? ellipsis(text, 15) : text))
  const size = c.SizeRw === undefined ? '0B' : `${humanSize(c.SizeRw, 3)}${(c.SizeRootFs ?? 0) > 0 ? ` (virtual ${humanSize(c.SizeRootFs ?? 0, 3)})` : ''}`
  return {
    ID: short ? truncated(c.Id) : c.Id, Names: c.Names.map((name) => name.slice(1)).join(','), Image: image === '' ? '<no image>' : image, Command: quote(short ? ellipsis(c.Command, 20) : c.Command), CreatedAt: stamp(c.Created),
    RunningFor: ago(now, c.Created), Ports: portsText(c.Ports), State: c.State, Status: c.Status, Size: size, Labels: labelsText(c.Labels), Mounts: mounts.join(','), LocalVolumes: String(c.Mounts.filter(({ name }) => name !== '').length),
    Networks: c.Networks.join(','),
  }
}

/** Neighbouring ports as one range (DisplayablePorts). */
export function portsText(ports: readonly ShownPort[]): string {
  const order = [...ports].sort((a, b) => a.PrivatePort - b.PrivatePort || (a.IP < b.IP ? -1 : a.IP > b.IP ? 1 : a.PublicPort - b.PublicPort))
  const ranges: { key: string; type: string; first: number; last: number }[] = []
  const mapped: string[] = []
  for (const { IP, PrivatePort, PublicPort, Type } of order) {
    if (IP !== '' && PublicPort !== PrivatePort) {
      mapped.push(`${IP}:${PublicPort}->${PrivatePort}/${Type}`)
      continue
    }
    const key = `${IP === '' ? '' : `${IP}/`}${Type}`
    const range = ranges.find((each) => each.key === key && each.last + 1 === PrivatePort)
    if (range) range.last = PrivatePort
    else ranges.push({ key, type: Type, first: PrivatePort, last: PrivatePort })
  }
  const texts = ranges.map(({ key, type, first, last }) => {
    const span = first === last ? String(first) : `${first}-${last}`
    const ip = key.includes('/') ? key.slice(0, key.indexOf('/')) : ''
    return `${ip === '' ? span : `${ip}:${span}->${span}`}/${type}`
  })
  return [...texts, ...mapped].join(', ')
}
