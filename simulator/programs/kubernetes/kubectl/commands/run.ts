/** kubectl run: makes a pod of one container; with `-i` or `--attach` joins it, with `--rm` removes it afterwards. */
import type { Run } from '../../../../kernel/run'
import { isReady } from '../../../../kubernetes/api/active-pods'
import type { Container, Pod } from '../../../../kubernetes/api/objects'
import { isPod, pods } from '../../../../kubernetes/api/server'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { parseDuration } from '../../../go/duration'
import { command, type Context, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { formatOf, printFormatted } from '../formats'
import { asTold } from '../managed'
import { newMeta, show } from '../generated'
import { isFields, merged } from '../merge'
import { inGoOrder } from '../order'
import { join } from '../join'
import { NotHere } from '../refused'
import { output } from '../stream'

const POLL_NS = 100_000_000
/** From then on it warns where it cannot join. */
const WARNS = 25
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
      if (format !== '') io.out(printFormatted(formatOf(format), yield* asTold(context, formatOf(format), [{ resource: pods(), object: made }]), 'one', 'headers'))
      else io.out(`pod/${made.metadata.name} created\n`)
      return
    }
    let outcome: Outcome
    try {
      outcome = yield* attach(context, made)
    } catch (error) {
      if (flags.is('rm')) yield* remove(context, made)
      throw error
    }
    if (flags.is('rm')) yield* remove(context, made)
    io.err(outcome.fault)
    return outcome.code
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

/** The exit status is that of the container; `fault` is what is told of it last. */
interface Outcome {
  readonly code: number
  readonly fault: string
}
const DONE: Outcome = { code: 0, fault: '' }

/** Waits until the pod is ready and joins it; one that has ended meanwhile shows its log. */
function* attach(context: Context, made: Pod): Run<Outcome> {
  const { flags, io } = context
  const started = yield* waitFor(context, made, mayBeJoined)
  if (isOver(started)) yield* showLog(context, started)
  else {
    try {
      yield* join(context, started, started.spec.containers[0]?.name ?? '', flags.is('quiet') ? 'quiet' : 'tells')
    } catch (error) {
      if (!(error instanceof ApiStatus || error instanceof Refused)) throw error
      const why = error.message.replace(/^error: /, '')
      io.err(context.release.minor < WARNS ? `Error attaching, falling back to logs: ${why}\n` : `warning: couldn't attach to pod/${made.metadata.name}, falling back to streaming logs: ${why}\n`)
      yield* showLog(context, started)
    }
  }
  const policy = made.spec.restartPolicy
  if (policy === 'Always' || flags.is('leave-stdin-open')) return DONE
  const ended = yield* waitFor(context, made, (pod) => (policy === 'Never' ? isOver(pod) : pod.status.phase === 'Succeeded'))
  if (ended.status.phase === 'Succeeded') return DONE
  const { namespace, name } = ended.metadata
  const { exitCode = 0, reason = '' } = ended.status.containerStatuses?.[0]?.state.terminated ?? {}
  if (exitCode === 0) throw new Refused(`error: pod ${namespace}/${name} failed with unknown exit code`)
  return { code: exitCode, fault: `pod ${namespace}/${name} terminated (${reason})\n${ended.status.message ?? ''}` }
}

const isOver = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed'
const mayBeJoined = (pod: Pod): boolean => isOver(pod) || (pod.status.phase === 'Running' && isReady(pod))

/** The pod once `holds` is true of it; a minute at most, or what `--pod-running-timeout` says. */
function* waitFor(context: Context, made: Pod, holds: (pod: Pod) => boolean): Run<Pod> {
  const { io, flags } = context
  const until = io.sys.monotonic() + (parseDuration(flags.text('pod-running-timeout') ?? '1m0s') ?? 0)
  for (;;) {
    const pod = yield* podNow(context, made)
    if (!pod) throw new ApiStatus('NotFound', `pods "${made.metadata.name}" not found`)
    if (holds(pod)) return pod
    if (io.sys.monotonic() >= until) throw new Refused('error: timed out waiting for the condition')
    yield* io.sys.sleep(POLL_NS)
  }
}

function* showLog(context: Context, { metadata: { namespace = 'default', name }, spec }: Pod): Run {
  yield* context.io.flush()
  const log = yield* context.api((api) => api.pods.log(namespace, name, spec.containers[0]?.name ?? '', { follow: 'once', previous: 'current', timestamps: 'hidden' }))
  yield* output(context, log, function* () {})
}

function* remove(context: Context, pod: Pod): Run {
  const { flags, io, namespace } = context
  yield* context.api((api) => api.delete(pods(), namespace, pod.metadata.name))
  if (!flags.is('quiet')) io.out(`pod "${pod.metadata.name}" deleted\n`)
  yield* io.flush()
  while (yield* podNow(context, pod)) yield* context.io.sys.sleep(POLL_NS)
}
