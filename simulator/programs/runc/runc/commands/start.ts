/** runc start: executes the user defined process in a created container (runc 1.1.5 start.go, runc-start(8)). */
import { command } from '../../../urfave/command'
import { start } from '../../../../containerd/runc/index'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

export default () => command({
  name: 'start',
  usage: 'executes the user defined process in a created container',
  args: `<container-id>

Where "<container-id>" is your name for the instance of the container that you
are starting. The name you provide for the container instance must be unique on
your host.`,
  description: 'The start command executes the user defined process in a created container.',
  *run(context) {
    checkArguments(context, { exactly: 1 })
    yield* start(context.sys, rootOf(context), yield* idOf(context))
  },
})
