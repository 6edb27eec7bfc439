/** kubectl attach: joins the streams of a container that runs. */
import { command, Refused } from '../command'
import { join } from '../join'
import { containerOf, podNamed } from '../pods'

export default command({
  flags: ['container', 'stdin', 'tty', 'quiet', 'pod-running-timeout'],
  *run(context) {
    const { flags } = context
    const [name = '', ...more] = flags.args
    if (name === '') throw new Refused('error: at least 1 argument is required for attach')
    if (more.length > 0) throw new Refused(`error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${flags.args.length}: [${flags.args.join(' ')}]`)
    const pod = yield* podNamed(context, name)
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed') throw new Refused(`error: cannot attach a container in a completed pod; current phase is ${phase}`)
    const telling = flags.is('quiet') ? 'quiet' : 'tells'
    const container = containerOf(context, pod, flags.text('container'), telling)
    yield* join(context, pod, container, telling)
  },
})
