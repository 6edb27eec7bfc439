/** runc events: display container events such as OOM notifications, cpu, memory, and IO usage statistics (runc 1.1.5 events.go, runc-events(8)). */
import { command } from '../../../urfave/command'
import { bool, duration } from '../../../urfave/flag'
import { exists } from '../../../../containerd/files'
import { RuncError, stateAndStatus } from '../../../../containerd/runc/index'
import type { Run } from '../../../../kernel/run'
import { marshalLine } from '../../../go/json'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'
import { statsOf } from '../stats'

/** How soon the end of the container's group is seen. */
const LOOK_NS = 50_000_000

export default () => command({
  name: 'events',
  usage: 'display container events such as OOM notifications, cpu, memory, and IO usage statistics',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container.`,
  description: `The events command displays information about the container. By default the
information is displayed once every 5 seconds.`,
  flags: [
    duration('interval', 'set the stats collection interval', { value: '5s' }),
    bool('stats', "display the container's stats then exit"),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    const id = yield* idOf(context)
    const { io, sys } = context
    const { state, status } = yield* stateAndStatus(sys, rootOf(context), id)
    const interval = context.duration('interval')
    if (interval <= 0) throw new RuncError('duration interval must be greater than 0')
    if (status === 'stopped') throw new RuncError(`container with id ${id} is not running`)
    const groups = state.cgroup_paths
    const { memory } = groups
    if (memory === undefined) return context.refuse('events of a container in groups of version 2')
    const tell = function* (): Run {
      io.out(`${marshalLine({ type: 'stats', id, data: yield* statsOf(sys, groups) })}\n`)
      yield* io.flush()
    }
    if (context.bool('stats')) return yield* tell()
    // The kernel tells the end of the memory group to those who wait for its want of memory.
    for (let next = sys.monotonic() + interval; ; ) {
      yield* sys.sleep(Math.min(LOOK_NS, Math.max(next - sys.monotonic(), 0)))
      if (!exists(sys, memory)) return
      if (sys.monotonic() < next) continue
      next += interval
      yield* tell()
    }
  },
})
