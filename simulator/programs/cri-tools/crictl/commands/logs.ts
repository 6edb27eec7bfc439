/** crictl logs: fetch the logs of a container, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int, string } from '../../../urfave/flag'
import { Failure } from '../../../urfave/context'
import { connect, containerLog } from '../client'
import { decode, encode } from '../../../../kernel/bytes'
import { klogError, klogInfo } from '../../../go/klog'
import { quote } from '../../../go/strconv'
import { readLogs } from '../../../../kubernetes/logs'
import { catchInterrupts } from '../interrupts'
import { sinceOf } from '../since'

export default command({
  name: 'logs',
  usage: 'Fetch the logs of a container',
  args: 'CONTAINER-ID',
  flags: [
    bool('follow, f', 'Follow log output'),
    int('limit-bytes', 'Maximum bytes of logs to return. Defaults to no limit', { value: '-1' }),
    bool('previous, p', 'Print the logs for the previous instance of the container in a pod if it exists'),
    string('since', 'Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)'),
    int('tail', 'Number of lines to show from the end of the logs. Defaults to all', { value: '-1' }),
    bool('timestamps, t', 'Show timestamps'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const { sys } = context
    const cri = yield* connect(context)
    const id = context.arg(0)
    if (id === '') throw new Failure('ID cannot be empty')
    const since = sinceOf(context)
    const statusOf = (of: string) => cri.call((s) => s.runtime.containerStatus(of), containerLog(415, 'ContainerStatus', of))
    const { status } = yield* statusOf(id)
    if (status.logPath === '') throw new Failure('The container has not set log path')
    let path = status.logPath
    if (context.bool('previous')) {
      const { name, attempt } = status.metadata
      if (attempt === 0) throw new Failure(`Previous terminated container ${name} not found`)
      path = `${path.slice(0, path.lastIndexOf('/') + 1)}${attempt - 1}${path.slice(path.lastIndexOf('.'))}`
    }
    const options = {
      since, tail: context.number('tail'), bytes: context.number('limit-bytes'), timestamps: context.bool('timestamps') ? 'shown' : 'hidden', follow: context.bool('follow') ? catchInterrupts(sys) : null,
    } as const
    const isRunning = function* () {
      return (yield* statusOf(status.id)).status.state === 'CONTAINER_RUNNING'
    }
    yield* readLogs(sys, path, options, isRunning, (bytes, why) => {
      const fields = { path: quote(path), line: quote(decode(bytes)) }
      return sys.write(2, encode(why === 'incomplete' ? klogInfo(sys, 'logs.go:387', 'Incomplete line in log file', fields) : klogError(sys, 'logs.go:399', 'Failed when parsing line in log file', why, fields)))
    })
  },
})
