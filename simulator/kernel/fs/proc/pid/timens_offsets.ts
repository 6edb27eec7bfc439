/** time_namespaces(7): offsets of the clocks for children to come; they may be changed until somebody has entered. */
import { Errno } from '../../../errno'
import type { TimeNamespace } from '../../../namespaces/simple'
import { file } from '../entry'

const CLOCKS: Readonly<Record<string, 'monotonic' | 'boottime'>> = { monotonic: 'monotonic', boottime: 'boottime', 1: 'monotonic', 7: 'boottime' }

function setOffset(time: TimeNamespace, row: string): void {
  const [, clock = '', sec = '', nsec = ''] = /^\s*(\w+)\s+(-?\d+)\s+(\d+)\s*$/.exec(row) ?? []
  const which = CLOCKS[clock]
  if (!which || Number(nsec) > 999_999_999) throw new Errno('EINVAL')
  if (time.entered) throw new Errno('EACCES')
  time[which] = { sec: Number(sec), nsec: Number(nsec) }
}

export default file(
  ({ isZombie, ns: { timeForChildren: time } }) =>
    isZombie ? '' : `monotonic  ${String(time.monotonic.sec).padStart(10)} ${String(time.monotonic.nsec).padStart(9)}\n` +
    `boottime   ${String(time.boottime.sec).padStart(10)} ${String(time.boottime.nsec).padStart(9)}\n`,
  {
    mode: 0o644,
    write: (task, text) => {
      for (const row of text.trimEnd().split('\n')) setOffset(task.ns.timeForChildren, row)
    },
  },
)
