/** docker stats (cli/command/container/stats.go): one sample; the live screen goes on with another each second. */
import type { Stats } from '../../../../../docker/services'
import type { Run } from '../../../../../kernel/run'
import { bytesSize, humanSize } from '../../../../go/units'
import { type Context, command } from '../../command'
import { truncated } from '../../tables'
import { formatted, type Row } from '../../templates'

const COLUMNS = 'table {{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t{{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDs}}'
const HEADINGS: Row = { Container: 'CONTAINER', ID: 'CONTAINER ID', Name: 'NAME', CPUPerc: 'CPU %', MemUsage: 'MEM USAGE / LIMIT', MemPerc: 'MEM %', NetIO: 'NET I/O', BlockIO: 'BLOCK I/O', PIDs: 'PIDS' }

export default command({
  flags: ['all', 'format', 'no-stream', 'no-trunc'],
  *run(context) {
    const { io, flags, args } = context
    const given = flags.text('format')
    const format = given === undefined || given === 'table' ? COLUMNS : given
    do {
      const names = args.length > 0 ? args : (yield* context.call((docker) => docker.containers.list({ all: flags.is('all') ? 'all' : 'running', filters: {}, limit: 0, size: 'none' }))).map(({ Id }) => Id)
      const rows = (yield* sample(context, names)).map((stats) => shown(stats, flags.is('no-trunc') ? 'whole' : 'short'))
      if (!flags.is('no-stream')) io.out('\x1b[2J\x1b[H')
      io.out(formatted(format, { type: '*container.statsContext', headings: HEADINGS }, rows))
      yield* io.flush()
    } while (!flags.is('no-stream'))
  },
})

/** All at once: each takes a second. */
function* sample(context: Context, names: readonly string[]): Run<Stats[]> {
  const { sys } = context.io
  const found = new Map<string, Stats>()
  const state: { left: number; error: unknown } = { left: names.length, error: undefined }
  const done = sys.futex()
  for (const name of names) {
    sys.go(
      (function* (): Run {
        try {
          found.set(name, yield* context.call((docker) => docker.containers.stats(name)))
        } catch (error) {
          state.error ??= error
        }
        state.left--
        done.wake()
      })(),
    )
  }
  while (state.left > 0) yield* done.wait()
  if (state.error !== undefined) throw state.error
  return names.flatMap((name) => found.get(name) ?? [])
}

const percent = (value: number): string => `${value.toFixed(2)}%`

function shown(s: Stats, form: 'whole' | 'short'): Row {
  const id = form === 'short' ? truncated(s.id) : s.id
  return {
    Container: id, ID: id, Name: s.name, CPUPerc: percent(s.cpuPercent), MemUsage: `${bytesSize(s.memory)} / ${bytesSize(s.memoryLimit)}`, MemPerc: percent(s.memoryLimit === 0 ? 0 : (s.memory / s.memoryLimit) * 100),
    NetIO: `${humanSize(s.received, 3)} / ${humanSize(s.sent, 3)}`, BlockIO: `${humanSize(s.read, 3)} / ${humanSize(s.written, 3)}`, PIDs: String(s.pids),
  }
}

