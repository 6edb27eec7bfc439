/** ctr containers delete: delete one or more existing containers, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { type Client, Failures, connect, loadContainer } from '../../client'
import { Failure } from '../../../../urfave/context'
import { deleteContainer, deleteTask } from '../../container'
import { invalidArgument, isGrpc } from '../../../../../containerd/grpc'
import type { TaskProcess } from '../../../../../containerd/services'
import type { Run } from '../../../../../kernel/run'
import { quote } from '../../../../go/strconv'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'delete one or more existing containers',
  args: '[flags] CONTAINER [CONTAINER, ...]',
  flags: [
    bool('keep-snapshot', 'do not clean up snapshot with container'),
  ],
  *run(context) {
    const client = yield* connect(context)
    if (context.args.length === 0) throw invalidArgument('must specify at least one container to delete')
    const failures = new Failures(context)
    for (const id of context.args) {
      try {
        yield* remove(client, id, context.bool('keep-snapshot') ? 'keep' : 'clean')
      } catch (error) {
        failures.add(error, `failed to delete container ${quote(id)}`)
      }
    }
    failures.end()
  },
})

function* remove(client: Client, id: string, snapshot: 'keep' | 'clean'): Run {
  const container = yield* loadContainer(client, id)
  let task: TaskProcess | null = null
  try {
    task = yield* client.call((s, ns) => s.tasks.get(ns, id))
  } catch (error) {
    if (!isGrpc(error)) throw error
  }
  if (task) {
    if (task.status !== 'STOPPED' && task.status !== 'CREATED') {
      throw new Failure(`cannot delete a non stopped container: {${task.status.toLowerCase()} ${task.exitStatus} ${timeString(task.exitedAt)}}`)
    }
    yield* deleteTask(client, id)
  }
  yield* deleteContainer(client, container, snapshot)
}

const timeString = (text: string): string => text.replace('T', ' ').replace('Z', ' +0000 UTC')
