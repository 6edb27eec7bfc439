/** runc delete: delete any resources held by the container often used with detached container (runc 1.1.5 delete.go, runc-delete(8)). */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { remove } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

export default () => command({
  name: 'delete',
  usage: 'delete any resources held by the container often used with detached container',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container.

EXAMPLE:
For example, if the container id is "ubuntu01" and runc list currently shows the
status of "ubuntu01" as "stopped" the following will delete resources held for
"ubuntu01" removing "ubuntu01" from the runc list of containers:

       # runc delete ubuntu01`,
  flags: [
    bool('force, f', 'Forcibly deletes the container if it is still running (uses SIGKILL)'),
  ],
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* remove(context.sys, rootOf(context), yield* idOf(context), context.bool('force') ? 'force' : 'stopped')
  },
})
