/** runc events: display container events such as OOM notifications, cpu, memory, and IO usage statistics (runc 1.1.5 events.go, runc-events(8)). */
import { command } from '../../../urfave/command'
import { bool, duration } from '../../../urfave/flag'
import { RuncError, stateAndStatus } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

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
    const id = idOf(context)
    const { status } = yield* stateAndStatus(context.sys, rootOf(context), id)
    if (context.duration('interval') <= 0) throw new RuncError('duration interval must be greater than 0')
    if (status === 'stopped') throw new RuncError(`container with id ${id} is not running`)
    context.refuse('events')
  },
})
