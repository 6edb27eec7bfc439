/** runc state: output the state of a container (runc 1.1.5 state.go, runc-state(8)). */
import { command } from '../../../urfave/command'
import { checkArguments } from '../arguments'
import { idOf, shown } from '../container'

export default () => command({
  name: 'state',
  usage: 'output the state of a container',
  args: `<container-id>

Where "<container-id>" is your name for the instance of the container.`,
  description: `The state command outputs current state information for the
instance of a container.`,
  *run(context) {
    checkArguments(context, { exactly: 1 })
    context.io.out(JSON.stringify(yield* shown(context, yield* idOf(context), ''), null, 2))
  },
})
