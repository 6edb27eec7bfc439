/** kubectl run: makes a pod of one container; with `-i` or `--attach` joins it, with `--rm` removes it afterwards. */
import type { Run } from '../../../../kernel/run'
import type { Container, Pod } from '../../../../kubernetes/api/objects'
import { isPod, pods } from '../../../../kubernetes/api/server'
import { command, type Context, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { formatOf, printFormatted } from '../formats'
import { newMeta, show } from '../generated'
import { isFields, merged } from '../merge'
import { inGoOrder } from '../order'
import { NotHere } from '../refused'
import { converse, output, streamOptions } from '../stream'

const POLL_NS = 100_000_000
const USAGE = "See 'kubectl run -h' for help and examples"

export default command({
  flags: ['image', 'restart', 'env', 'labels', 'port', 'command', 'stdin', 'tty', 'attach', 'rm', 'quiet', 'dry-run', 'output', 'annotations', 'image-pull-policy', 'privileged', 'grace-period', 'overrides', 'pod-running-timeout', 'leave-stdin-open', 'expose', 'override-type', 'replicas', 'generator', 'schedule'],
  *run(context) {
    const { flags, io, namespace } = context
    const [name, ...words] = [...flags.args, ...(flags.rest ?? [])]
    if (name === undefined) throw new Refused(`error: NAME is required for run\n${USAGE}`)
    const image = flags.text('image') ?? ''
    if (image === '') throw new Refused('error: --image is required')
    if (!/^[a-z0-9]+(?:[._/:@-]+[A-Za-z0-9_.]+)*$/i.test(image) || /[A-Z]/.test(image.split(/[:@]/)[0] ?? '')) throw new Refused(`error: Invalid image name "${image}": invalid reference format`)
    if (flags.is('tty') && !flags.is('stdin')) throw new Refused(`error: -i/--stdin is required for containers with -t/--tty=true`)
    if (flags.is('expose') && flags.text('port') === undefined) throw new Refused(`error: --port must be set when exposing a service\n${USAGE}`)
    if (flags.is('expose')) throw new NotHere('kubectl run --expose: not simulated in this lab')
    const isDry = dryRunOf(context) === 'client'
    const isAttached = flags.text('attach') === undefined ? flags.is('stdin') : flags.is('attach')
    if (flags.is('rm') && !isAttached) throw new Refused(`error: --rm should only be used for attached containers\n${USAGE}`)
    if (isAttached && isDry) throw new Refused(`error: --dry-run=server|client can't be used with attached containers options (--attach, --stdin, or --tty)\n${USAGE}`)
    const pod = overridden(context, podOf(context, name, image, restartPolicy(flags.text('restart') ?? 'Always'), words))
    const format = flags.text('output') ?? ''
    if (isDry) return show(context, pods(), inGoOrder(pod), format, ' (dry run)')
    const { creationTimestamp: _, ...metadata } = pod.metadata
    const placed: Pod = { ...pod, metadata: { ...metadata, namespace } }
    const made = yield* context.api((api) => api.create(pods(), placed))
    if (!isPod(made)) return
    if (!isAttached) {
      if (format !== '') io.out(printFormatted(formatOf(format), [{ resource: pods(), object: made }], 'one', 'headers'))
      else io.out(`pod/${made.metadata.name} created\n`)
      return
    }
    const code = yield* attach(context, made)
    if (flags.is('rm')) {
      yield* context.api((api) => api.delete(pods(), namespace, made.metadata.name))
      if (!flags.is('quiet')) io.out(`pod "${made.metadata.name}" deleted\n`)
      yield* io.flush()
      yield* untilGone(context, made)
    }
    return code
  },
})

function restartPolicy(text: string): 'Always' | 'OnFailure' | 'Never' {
  if (text === 'Always' || text === 'OnFailure' || text === 'Never') return text
  throw new Refused(`error: invalid restart policy: ${text}\n${USAGE}`)
}

const pairsOf = (texts: readonly string[]): [string, string][] => texts.flatMap((text) => text.split(',')).map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)])

function podOf(context: Context, name: string, image: string, restart: 'Always' | 'OnFailure' | 'Never', words: readonly string[]): Pod {
  const { flags } = context
  const env = flags.all('env').map((pair) => {
    if (!/^[A-Za-z_][\w.-]*=/.test(pair)) throw new Refused(`error: invalid env: ${pair}`)
    return { name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1) }
  })
  const labels = flags.all('labels')
  const policy = flags.text('image-pull-policy')
  const port = flags.text('port') ?? ''
  if (port !== '' && !/^[-+]?\d+$/.test(port)) throw new Refused(`error: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`)
  const container: Container = {
    name, image, ...(words.length === 0 ? {} : flags.is('command') ? { command: [...words] } : { args: [...words] }), ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }), ...(env.length > 0 ? { env } : {}),
    resources: {}, ...(policy === 'Always' || policy === 'IfNotPresent' || policy === 'Never' ? { imagePullPolicy: policy } : {}), ...(flags.is('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(flags.is('stdin') ? { stdin: true } : {}), ...(flags.is('stdin') && !flags.is('leave-stdin-open') ? { stdinOnce: true } : {}), ...(flags.is('tty') ? { tty: true } : {}),
  }
  const annotations = flags.all('annotations')
  const metadata = { ...newMeta(context, name, labels.length === 0 ? { run: name } : Object.fromEntries(pairsOf(labels))), ...(annotations.length > 0 ? { annotations: Object.fromEntries(pairsOf(annotations)) } : {}) }
  return { kind: 'Pod', apiVersion: 'v1', metadata, spec: { containers: [container], restartPolicy: restart, dnsPolicy: 'ClusterFirst' }, status: {} }
}

/** `--overrides`: JSON that is merged over the pod (RFC 7386). */
function overridden({ flags }: Context, pod: Pod): Pod {
  const text = flags.text('overrides')
  if (text === undefined) return pod
  if ((flags.text('override-type') ?? 'merge') !== 'merge') throw new NotHere(`kubectl run --override-type=${flags.text('override-type')}: not simulated in this lab`)
  let patch: unknown
  try {
    patch = JSON.parse(text)
  } catch {
    throw new Refused('error: Invalid JSON Patch')
  }
  const next: unknown = merged(pod, isFields(patch) ? patch : {})
  return isPodShaped(next) ? next : pod
}

const isPodShaped = (value: unknown): value is Pod => isFields(value) && value.kind === 'Pod' && isFields(value.metadata) && isFields(value.spec)

function* podNow(context: Context, pod: Pod): Run<Pod | undefined> {
  const found = yield* context.api((api) => api.list(pods(), pod.metadata.namespace))
  return found.items.filter(isPod).find((p) => p.metadata.uid === pod.metadata.uid)
}

/** Waits until the pod runs and joins it; one that has ended meanwhile shows its log. The exit status is that of the container. */
function* attach(context: Context, made: Pod): Run<number> {
  const { flags, io } = context
  const { namespace = 'default', name } = made.metadata
  const container = made.spec.containers[0]?.name ?? ''
  let pod: Pod | undefined = made
  while (pod && (pod.status.phase ?? 'Pending') === 'Pending') {
    yield* io.sys.sleep(POLL_NS)
    pod = yield* podNow(context, made)
  }
  if (!pod) return 1
  if (pod.status.phase === 'Running' && pod.status.containerStatuses?.some((s) => s.state.running)) {
    const options = streamOptions(context, flags.is('quiet') ? 'quiet' : 'tells')
    if (options.terminal === 'tty' && !flags.is('quiet')) io.err("If you don't see a command prompt, try pressing enter.\n")
    yield* converse(context, () => context.api((api) => api.pods.attach(namespace, name, container, options)), options)
  } else {
    yield* io.flush()
    const log = yield* context.api((api) => api.pods.log(namespace, name, container, { follow: 'once', previous: 'current', timestamps: 'hidden' }))
    yield* output(context, log, function* () {})
  }
  if (made.spec.restartPolicy !== 'Never') return 0
  for (;;) {
    pod = yield* podNow(context, made)
    if (!pod || pod.status.phase === 'Succeeded') return 0
    if (pod.status.phase === 'Failed') {
      const { exitCode = 1, reason = '' } = pod.status.containerStatuses?.[0]?.state.terminated ?? {}
      io.err(`pod ${namespace}/${name} terminated (${reason})\n${pod.status.message ?? ''}`)
      return exitCode
    }
    yield* io.sys.sleep(POLL_NS)
  }
}

function* untilGone(context: Context, pod: Pod): Run {
  while (yield* podNow(context, pod)) yield* context.io.sys.sleep(POLL_NS)
}
