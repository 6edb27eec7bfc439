/** runc kill: sends a signal to a container's init (runc 1.1.5 kill.go, runc-kill(8)). */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { kill, RuncError, stateAndStatus } from '../../../../containerd/runc/index'
import { signalNumber } from '../../../../containerd/runc/signals'
import { quote } from '../../../go/strconv'
import { checkArguments, rootOf } from '../arguments'
import { idOf } from '../container'

export default () => command({
  name: 'kill',
  usage: "kill sends the specified signal (default: SIGTERM) to the container's init process",
  args: `<container-id> [signal]

Where "<container-id>" is the name for the instance of the container and
"[signal]" is the signal to be sent to the init process.

EXAMPLE:
For example, if the container id is "ubuntu01" the following will send a "KILL"
signal to the init process of the "ubuntu01" container:

       # runc kill ubuntu01 KILL`,
  flags: [
    bool('all, a', 'send the specified signal to all processes inside the container'),
  ],
  *run(context) {
    checkArguments(context, { least: 1, most: 2 })
    const id = yield* idOf(context)
    yield* stateAndStatus(context.sys, rootOf(context), id)
    const text = context.arg(1) || 'SIGTERM'
    const signal = signalNumber(text)
    if (signal === undefined) throw new RuncError(`unknown signal ${quote(text)}`)
    yield* kill(context.sys, rootOf(context), id, { signal, all: context.bool('all') })
  },
})
