/** docker system df (cli/command/system/df.go, formatter/disk_usage.go). */
import { humanSize } from '../../../../go/units'
import { command } from '../../command'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}'
const HEADINGS: Row = { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' }

export default command({
  flags: ['format'],
  *run(context) {
    const { io, flags } = context
    const { layersSize, images, containers, volumes } = yield* context.call((docker) => docker.system.df())
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
    const row = (Type: string, total: number, active: number, size: number, reclaimable: number): Row => ({
      Type, TotalCount: String(total), Active: String(active), Size: humanSize(size), Reclaimable: size > 0 ? `${humanSize(reclaimable)} (${Math.trunc((reclaimable * 100) / size)}%)` : humanSize(reclaimable),
    })
    const used = sum(images.filter(({ Containers }) => Containers > 0).map(({ Size, SharedSize }) => Size - SharedSize))
    const isActive = (state: string): boolean => ['running', 'paused', 'restarting'].includes(state)
    const written = sum(containers.map(({ SizeRw = 0 }) => SizeRw))
    const idle = sum(containers.filter(({ State }) => !isActive(State)).map(({ SizeRw = 0 }) => SizeRw))
    const rows = [
      row('Images', images.length, images.filter(({ Containers }) => Containers > 0).length, layersSize, layersSize - used), row('Containers', containers.length, containers.filter(({ State }) => isActive(State)).length, written, idle),
      row('Local Volumes', volumes.length, volumes.filter(({ uses }) => uses > 0).length, sum(volumes.map(({ size }) => size)), sum(volumes.filter(({ uses }) => uses === 0).map(({ size }) => size))),
      { ...row('Build Cache', 0, 0, 0, 0), Reclaimable: '0B' },
    ]
    const given = flags.text('format')
    io.out(formatted(given === undefined || given === 'table' ? COLUMNS : given, { type: '*formatter.diskUsageImagesContext', headings: HEADINGS }, rows))
  },
})
