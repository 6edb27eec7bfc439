/** kubectl exec: runs a command in a container of a pod, through the API server and the node's kubelet. */
import { command, Refused } from '../command'
import { containerOf, podNamed } from '../pods'
import { converse, streamOptions } from '../stream'

export default command({
  flags: ['container', 'stdin', 'tty', 'quiet', 'pod-running-timeout'],
  *run(context) {
    const { flags, io } = context
    const [name = '', ...before] = flags.args
    const words = flags.rest === null ? before : [...before, ...flags.rest]
    if (name === '') throw new Refused('error: pod, type/name or --filename must be specified')
    if (words.length === 0) throw new Refused('error: you must specify at least one command for the container')
    const telling = flags.is('quiet') ? 'quiet' : 'tells'
    if (flags.rest === null) io.err('kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n')
    const pod = yield* podNamed(context, name)
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed') throw new Refused(`error: cannot exec into a container in a completed pod; current phase is ${phase}`)
    const container = containerOf(context, pod, flags.text('container'), telling)
    const options = streamOptions(context, telling)
    const { namespace = 'default', name: podName } = pod.metadata
    const status = yield* converse(context, () => context.api((api) => api.pods.exec(namespace, podName, container, words, options)), options)
    if (status !== 0) io.err(`command terminated with exit code ${status}\n`)
    return status
  },
})
