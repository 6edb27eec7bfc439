/** kubectl attach: joins the streams of a container that runs. */
import { command, Refused } from '../command'
import { containerOf, podNamed } from '../pods'
import { converse, streamOptions } from '../stream'

export default command({
  flags: ['container', 'stdin', 'tty', 'quiet', 'pod-running-timeout'],
  *run(context) {
    const { flags, io } = context
    const [name = '', ...more] = flags.args
    if (name === '') throw new Refused('error: at least 1 argument is required for attach')
    if (more.length > 0) throw new Refused(`error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${flags.args.length}: [${flags.args.join(' ')}]`)
    const pod = yield* podNamed(context, name)
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed') throw new Refused(`error: cannot attach a container in a completed pod; current phase is ${phase}`)
    const telling = flags.is('quiet') ? 'quiet' : 'tells'
    const container = containerOf(context, pod, flags.text('container'), telling)
    const options = streamOptions(context, telling)
    if (telling === 'tells' && options.stdin === 'stdin' && options.terminal === 'tty') io.err("If you don't see a command prompt, try pressing enter.\n")
    const { namespace = 'default', name: podName } = pod.metadata
    yield* converse(context, () => context.api((api) => api.pods.attach(namespace, podName, container, options)), options)
  },
})
