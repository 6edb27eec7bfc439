/** ctr tasks list: list tasks, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, statusText, worded } from '../../client'
import { wideTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list tasks',
  args: '[flags]',
  flags: [
    bool('quiet, q', 'print only the task id'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const tasks = yield* worded(statusText, client.call((s, ns) => s.tasks.list(ns)))
    if (context.bool('quiet')) for (const { containerId } of tasks) context.io.out(`${containerId}\n`)
    else {
      const rows = tasks.map((task) => [task.containerId, task.pid, task.status])
      context.io.out(wideTable(['TASK', 'PID', 'STATUS'], rows, 'open'))
    }
  },
})
