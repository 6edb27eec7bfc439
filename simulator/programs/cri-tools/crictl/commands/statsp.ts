/** crictl statsp: list pod resource usage statistics, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int, string, strings } from '../../../urfave/flag'
import type { PodSandboxStats } from '../../../../containerd/cri/services'
import { humanSize } from '../../../go/units'
import { connect, filterLog, within } from '../client'
import { labelFilter, podStatsMessage, shortId } from '../show'
import { inOrder, percent, sample } from '../sample'
import { podStatsFilterText, toldPodStats } from '../told'

export default command({
  name: 'statsp',
  usage: 'List pod resource usage statistics',
  args: '[ID]',
  flags: [
    string('id', 'Filter by pod id'),
    strings('label', 'Filter by key=value label'),
    string('output, o', 'Output format, One of: json|yaml|table'),
    int('seconds, s', 'Sample duration for CPU usage in seconds', { value: '1' }),
    bool('watch, w', 'Watch pod resources'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context)
    const id = context.string('id') || context.arg(0)
    const filter = { id: id || undefined, labels: labelFilter(context.strings('label')) }
    const read = function* () {
      return inOrder(yield* cri.call((s) => s.runtime.listPodSandboxStats(filter), filterLog(721, 'ListPodSandboxStats', podStatsFilterText(filter)), toldPodStats(filter)))
    }
    const rows = (before: readonly PodSandboxStats[], now: readonly PodSandboxStats[]): string[][] => {
      const old = new Map(before.map((s) => [s.id, s]))
      return now.flatMap((s) => {
        const was = old.get(s.id)
        return was ? [[s.metadata.name, shortId(s.id), percent(was.usage, s.usage), humanSize(s.usage.memoryWorkingSetBytes, 4)]] : []
      })
    }
    const sentence = context.bool('watch') ? 'get pod stats' : 'get pod stats: display pod stats'
    yield* within(`${sentence}: list pod sandbox stats`, () =>
      sample(context, read, { message: (stats) => ({ stats: stats.map(podStatsMessage) }), head: ['POD', 'POD ID', 'CPU %', 'MEM'], rows }),
    )
  },
})
