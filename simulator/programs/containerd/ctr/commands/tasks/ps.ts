/** ctr tasks ps: list processes for container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, loadTask } from '../../client'
import { Failure } from '../../../../urfave/context'
import { tabulate } from '../../../../go/tabwriter'

export default command({
  name: 'ps',
  usage: 'list processes for container',
  args: 'CONTAINER',
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw new Failure('container id must be provided')
    const client = yield* connect(context)
    yield* loadTask(client, id)
    const processes = yield* client.call((s, ns) => s.tasks.pids(ns, id))
    const rows = processes.map((p) => `${p.pid}\t${p.info ? `&ProcessDetails{ExecID:${p.info.execId},XXX_unrecognized:[],}` : '-'}\n`)
    context.io.out(tabulate(`PID\tINFO\n${rows.join('')}`, { minWidth: 1, tabWidth: 8, padding: 4, padChar: ' ' }))
  },
})
