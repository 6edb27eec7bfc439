/** What a container has written, read from its log (daemon/logger/jsonfilelog/read.go), and what it goes on to write. */
import { Output } from '../../containerd/cri/streams'
import { parseTime } from '../../containerd/time'
import { encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Engine } from '../engine'
import { invalid } from '../error'
import type { Chunks, LogOptions } from '../services'
import { logPath } from './store'

interface Row {
  readonly log: string
  readonly stream: 'stdout' | 'stderr'
  readonly time: string
}

/** Nanoseconds between two looks at a log that is followed. */
const LOOK_NS = 20_000_000

export function* logsOf(engine: Engine, text: string, options: LogOptions): Run<Chunks> {
  const { sys, containers } = engine
  const { ID, HostConfig } = containers.find(text)
  if (HostConfig.LogConfig.Type === 'none') throw invalid('configured logging driver does not support reading')
  const output = new Output(sys, 1)
  const show = function* ({ log, stream, time }: Row): Run {
    const head = options.timestamps === 'shown' ? `${nineDigits(time)} ` : ''
    yield* output.push(stream, encode(head + log))
  }
  sys.go(
    (function* (): Run {
      let seen = 0
      const fresh = function* (): Run<Row[]> {
        const lines = (yield* read()).split('\n').filter((line) => line !== '')
        const rows = lines.slice(seen).map((line): Row => JSON.parse(line))
        seen = lines.length
        return rows
      }
      const wanted = ({ time }: Row): boolean => (options.since === undefined || parseTime(time) >= options.since) && (options.until === undefined || parseTime(time) <= options.until)
      const before = (yield* fresh()).filter(wanted)
      for (const row of options.tail === undefined ? before : options.tail === 0 ? [] : before.slice(-options.tail)) yield* show(row)
      while (options.follow === 'follow') {
        const isOver = !containers.get(ID)?.State.Running
        for (const row of (yield* fresh()).filter(wanted)) yield* show(row)
        if (isOver) break
        yield* engine.changed.wait(LOOK_NS)
      }
      output.end()
    })(),
  )
  const read = function* (): Run<string> {
    try {
      return yield* sys.readText(logPath(ID))
    } catch (error) {
      if (!isErrno(error)) throw error
      return ''
    }
  }
  return { next: (seen) => output.next(seen) }
}

const nineDigits = (time: string): string => time.replace(/(?:\.(\d+))?Z$/, (_, digits = '') => `.${String(digits).padEnd(9, '0')}Z`)
