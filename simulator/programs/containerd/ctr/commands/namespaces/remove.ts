/** ctr namespaces remove: remove one or more namespaces, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failures, connect, messageOf } from '../../client'
import { Failure } from '../../../../urfave/context'
import { controllers } from '../../../../../containerd/runc/cgroups'
import { exists } from '../../../../../containerd/files'
import type { Run } from '../../../../../kernel/run'
import type { Sys } from '../../../../../kernel/sys'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'remove',
  aliases: ['rm'],
  usage: 'remove one or more namespaces',
  args: '<name> [<name>, ...]',
  description: 'remove one or more namespaces. for now, the namespace must be empty',
  flags: [
    bool('cgroup, c', "delete the namespace's cgroup"),
  ],
  *run(context) {
    const client = yield* connect(context)
    const failures = new Failures(context)
    for (const name of context.args) {
      try {
        yield* client.call((s) => s.namespaces.delete(name))
        if (context.bool('cgroup')) yield* removeGroups(context.sys, name)
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) {
          failures.add(error, `unable to delete ${name}`, new Failure(`unable to delete ${name}: ${messageOf(error)}`))
          continue
        }
      }
      context.io.out(`${name}\n`)
    }
    failures.end()
  },
})

/** In each hierarchy the namespace's group with all below it (namespaces_opts_linux.go WithNamespaceCgroupDeletion). */
function* removeGroups(sys: Sys, name: string): Run {
  for (const { mountPoint } of yield* controllers(sys)) removeGroup(sys, `${mountPoint}/${name}`)
}

function removeGroup(sys: Sys, path: string): void {
  if (!exists(sys, path)) return
  for (const { name, kind } of sys.readdir(path)) if (kind === 'dir') removeGroup(sys, `${path}/${name}`)
  sys.rmdir(path)
}
