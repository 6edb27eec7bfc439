/** runc pause: pause suspends all processes inside the container (runc 1.1.5 pause.go, runc-pause(8)). */
import { command } from '../../../urfave/command'
import { pause } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

export default () => command({
  name: 'pause',
  usage: 'pause suspends all processes inside the container',
  args: `<container-id>

Where "<container-id>" is the name for the instance of the container to be
paused. `,
  description: `The pause command suspends all processes in the instance of the container.

Use runc list to identify instances of containers and their current status.`,
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* pause(context.sys, rootOf(context), yield* idOf(context))
  },
})
