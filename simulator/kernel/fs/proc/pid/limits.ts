/** /proc/PID/limits (fs/proc/base.c, lnames). */
import type { Rlimits } from '../../../rlimits'
import { file } from '../entry'

const ROWS: readonly (readonly [keyof Rlimits, string, string])[] = [
  ['cpu', 'Max cpu time', 'seconds'], ['fsize', 'Max file size', 'bytes'], ['data', 'Max data size', 'bytes'],
  ['stack', 'Max stack size', 'bytes'], ['core', 'Max core file size', 'bytes'], ['rss', 'Max resident set', 'bytes'],
  ['nproc', 'Max processes', 'processes'], ['nofile', 'Max open files', 'files'], ['memlock', 'Max locked memory', 'bytes'],
  ['as', 'Max address space', 'bytes'], ['locks', 'Max file locks', 'locks'], ['sigpending', 'Max pending signals', 'signals'],
  ['msgqueue', 'Max msgqueue size', 'bytes'], ['nice', 'Max nice priority', ''], ['rtprio', 'Max realtime priority', ''],
  ['rttime', 'Max realtime timeout', 'us'],
]

const row = (name: string, soft: string, hard: string, unit: string): string =>
  `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit ? unit.padEnd(10) : ''}\n`
const value = (limit: number): string => (limit === Infinity ? 'unlimited' : String(limit))

export default file(
  ({ rlimits }) =>
    row('Limit', 'Soft Limit', 'Hard Limit', 'Units') +
    ROWS.map(([key, name, unit]) => row(name, value(rlimits[key].soft), value(rlimits[key].hard), unit)).join(''),
)
