/** Joining the streams of a container that runs, as `attach` and `run -i` do (pkg/cmd/attach). */
import type { Run } from '../../../kernel/run'
import type { Pod } from '../../../kubernetes/api/objects'
import { type Context, Refused } from './command'
import { hasContainer } from './pods'
import { converse, streamOptions } from './stream'

/** From then on kubectl's words for what it cannot do begin with `error`, and -q holds for them; and later for all. */
const NEWER = 21
const QUIET = 25

/** Until the streams end. Refused where the pod has no such container; ApiStatus of the server. */
export function* join(context: Context, pod: Pod, container: string, telling: 'quiet' | 'tells'): Run {
  const { flags, io, release } = context
  const { namespace = 'default', name } = pod.metadata
  const isNew = release.minor >= NEWER
  if (!hasContainer(pod, container)) throw new Refused(`error: cannot attach to the container: ${isNew ? `container ${container} not found in pod ${name}` : `container not found (${container})`}`)
  const hasTerminal = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find((c) => c.name === container)?.tty === true
  if (flags.is('tty') && !hasTerminal && (telling === 'tells' || !isNew)) io.err(`${isNew ? 'error: ' : ''}Unable to use a TTY - container ${container} did not allocate one\n`)
  const options = streamOptions(context, telling, hasTerminal ? 'tty' : 'pipes')
  if (telling === 'tells') io.err("If you don't see a command prompt, try pressing enter.\n")
  yield* converse(context, () => context.api((api) => api.pods.attach(namespace, name, container, options)), options)
  if (options.terminal === 'tty' && pod.spec.restartPolicy === 'Always' && (telling === 'tells' || release.minor < QUIET)) {
    io.out(`Session ended, resume using 'kubectl attach ${name} -c ${container} -i -t' command when the pod is running\n`)
  }
}
