/** ctr shim state: get the state of all the processes of the task, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bundleOf } from '../../../../../containerd/shim/protocol'
import type { TaskStatus } from '../../../../../containerd/services'
import { MARSHAL, marshal } from '../../../../go/json'
import { askShim } from '../../shim'

export default command({
  name: 'state',
  usage: 'get the state of all the processes of the task',
  *run(context) {
    const id = context.string('id')
    const { pid, status, stdin, stdout, stderr, terminal, exitStatus, exitedAt } = yield* askShim(context, (shim) => shim.state(id, ''))
    const bundle = bundleOf(context.string('namespace'), id)
    const state = {
      id, bundle, pid: pid || undefined, status: STATUSES.indexOf(status), stdin: stdin || undefined, stdout: stdout || undefined, stderr: stderr || undefined,
      terminal: terminal || undefined, exit_status: exitStatus || undefined, exited_at: exitedAt,
    }
    context.io.out(`${marshal(state, MARSHAL)}\n`)
  },
})

/** Numbers of the message's enumeration (api/types/task/task.proto). */
const STATUSES: readonly TaskStatus[] = ['UNKNOWN', 'CREATED', 'RUNNING', 'STOPPED', 'PAUSED', 'PAUSING']
