/** ctr tasks delete: delete one or more tasks, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { type Client, Failures, connect, loadTask } from '../../client'
import { deleteTask } from '../../container'
import { ExitError } from '../../../../urfave/context'
import { logrus } from '../../../../go/logrus'
import { failedPrecondition, isGrpc, notFound } from '../../../../../containerd/grpc'
import type { Run } from '../../../../../kernel/run'
import { SIG } from '../../../../../kernel/signals'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'delete one or more tasks',
  args: 'CONTAINER [CONTAINER, ...]',
  flags: [
    bool('force, f', 'force delete task process'),
    string('exec-id', 'process ID to kill'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const execId = context.string('exec-id')
    const force = context.bool('force')
    if (execId !== '') {
      const id = context.arg(0)
      yield* loadTask(client, id)
      const { status } = yield* client.call((s, ns) => present(execId, s.tasks.get(ns, id, execId)))
      if (force) yield* kill(client, id, execId)
      else if (status === 'RUNNING' || status === 'PAUSED') throw failedPrecondition(`current process state: ${status.toLowerCase()}, process must be stopped before deletion`)
      const { exitStatus } = yield* client.call((s, ns) => s.tasks.deleteProcess(ns, id, execId))
      if (exitStatus !== 0) throw new ExitError('', exitStatus)
      return
    }
    const failures = new Failures(context)
    for (const id of context.args) {
      try {
        yield* loadTask(client, id)
      } catch (error) {
        failures.add(error, `failed to load task from ${id}`)
        continue
      }
      try {
        if (force) yield* kill(client, id, '')
        const { exitStatus } = yield* deleteTask(client, id)
        if (exitStatus !== 0) context.io.err(logrus(context.sys, 'warning', `task ${id} exit with non-zero exit code ${exitStatus}`))
      } catch (error) {
        failures.add(error, `unable to delete ${id}`)
      }
    }
    failures.end()
  },
})

/** `no running process found` before what LoadProcess says. */
function* present<T>(execId: string, work: Run<T>): Run<T> {
  try {
    return yield* work
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    throw notFound(`no running process found: process does not exist ${execId}`)
  }
}

/** WithProcessKill: SIGKILL to all, then wait. */
function* kill(client: Client, id: string, execId: string): Run {
  try {
    yield* client.call((s, ns) => s.tasks.kill(ns, id, { execId, signal: SIG.SIGKILL, all: execId === '' }))
    yield* client.call((s, ns) => s.tasks.wait(ns, id, execId))
  } catch (error) {
    if (!isGrpc(error, 'NotFound', 'FailedPrecondition')) throw error
  }
}
