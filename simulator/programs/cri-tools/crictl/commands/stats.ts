/** crictl stats: list container(s) resource usage statistics, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'
import type { ContainerStats } from '../../../../containerd/cri/services'
import { humanSize } from '../../../go/units'
import { connect, filterLog, within } from '../client'
import { containerStatsMessage, labelFilter, shortId } from '../show'
import { inOrder, percent, sample } from '../sample'
import { ownCrictl } from '../releases'
import { containerStatsFilterText, toldStats } from '../told'

export default command({
  name: 'stats',
  usage: 'List container(s) resource usage statistics',
  args: '[ID]',
  flags: [
    bool('all, a', 'Show all containers (default shows just running)'),
    string('id', 'Filter by container id'),
    strings('label', 'Filter by key=value label'),
    string('output, o', 'Output format, One of: json|yaml|table'),
    string('pod, p', 'Filter by pod id'),
    int('seconds, s', 'Sample duration for CPU usage in seconds', { value: '1' }),
    bool('watch, w', 'Watch pod resources'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const { line } = yield* ownCrictl(context.sys)
    const isNamed = line !== '1.26'
    const cri = yield* connect(context)
    const id = context.string('id') || context.arg(0)
    const filter = { id: id || undefined, podSandboxId: context.string('pod') || undefined, labels: labelFilter(context.strings('label')) }
    const read = function* () {
      return inOrder(yield* cri.call((s) => s.runtime.listContainerStats(filter), filterLog(673, 'ListContainerStats', containerStatsFilterText(filter)), toldStats(filter)))
    }
    const rows = (before: readonly ContainerStats[], now: readonly ContainerStats[]): string[][] => {
      const old = new Map(before.map((s) => [s.id, s]))
      return now.flatMap((s) => {
        const was = old.get(s.id)
        if (!was || (s.usage === null && !context.bool('all'))) return []
        const layer = s.writableLayer
        return [[shortId(s.id), ...(isNamed ? [s.metadata.name] : []), percent(was.usage, s.usage), humanSize(s.usage?.memoryWorkingSetBytes ?? 0, 4), humanSize(layer?.usedBytes ?? 0, 4), String(layer?.inodesUsed ?? 0)]]
      })
    }
    yield* within('get container stats', () =>
      sample(context, read, { message: (stats) => ({ stats: stats.map((s) => containerStatsMessage(s, isNamed ? { swap: null } : {})) }), head: ['CONTAINER', ...(isNamed ? ['NAME'] : []), 'CPU %', 'MEM', 'DISK', 'INODES'], rows }),
    )
  },
})
