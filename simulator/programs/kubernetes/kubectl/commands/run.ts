/** kubectl run: makes a pod of one container; with `-i` or `--attach` joins it, with `--rm` removes it afterwards. */
import type { Run } from '../../../../kernel/run'
import type { Container, Pod } from '../../../../kubernetes/api/objects'
import { isPod, pods } from '../../../../kubernetes/api/server'
import { command, type Context, Refused } from '../command'
import { formatOf, printFormatted } from '../formats'
import { converse, output, streamOptions } from '../stream'

const POLL_NS = 100_000_000
const USAGE = "See 'kubectl run -h' for help and examples"

export default command({
  flags: ['image', 'restart', 'env', 'labels', 'port', 'command', 'stdin', 'tty', 'attach', 'rm', 'quiet', 'dry-run', 'output', 'annotations', 'image-pull-policy', 'privileged', 'grace-period', 'overrides', 'pod-running-timeout', 'leave-stdin-open', 'expose'],
  *run(context) {
    const { flags, io, namespace } = context
    const [name, ...words] = [...flags.args, ...(flags.rest ?? [])]
    if (name === undefined) throw new Refused(`error: NAME is required for run\n${USAGE}`)
    const image = flags.text('image') ?? ''
    if (image === '') throw new Refused(`error: required flag(s) "image" not set`)
    if (!/^[a-z0-9]+(?:[._/:@-]+[A-Za-z0-9_.]+)*$/i.test(image) || /[A-Z]/.test(image.split(/[:@]/)[0] ?? '')) throw new Refused(`error: Invalid image name "${image}": invalid reference format`)
    for (const flag of ['overrides', 'expose'] as const) if (flags.text(flag) !== undefined) throw new Refused(`kubectl: run --${flag}: not simulated in this lab`)
    if (flags.is('tty') && !flags.is('stdin')) throw new Refused(`error: -i/--stdin is required for containers with -t/--tty=true`)
    const dryRun = flags.text('dry-run')
    const isAttached = flags.text('attach') === undefined ? flags.is('stdin') : flags.is('attach')
    if (flags.is('rm') && !isAttached) throw new Refused(`error: --rm should only be used for attached containers\n${USAGE}`)
    if (isAttached && dryRun !== undefined && dryRun !== 'none') throw new Refused(`error: --dry-run=server|client can't be used with attached containers options (--attach, --stdin, or --tty)\n${USAGE}`)
    const restart = restartPolicy(flags.text('restart') ?? 'Always')
    const pod = podOf(context, name, image, restart, words)
    const format = flags.text('output')
    const made = dryRun !== undefined && dryRun !== 'none' ? pod : yield* context.api((api) => api.create(pods(), pod))
    if (!isPod(made)) return
    if (!isAttached) {
      const { namespace: _, ...unplaced } = made.metadata
      const shown = dryRun === undefined || dryRun === 'none' ? made : { ...made, metadata: { ...(flags.text('namespace') === undefined ? unplaced : made.metadata), creationTimestamp: null } }
      if (format !== undefined) io.out(printFormatted(formatOf(format), [{ resource: pods(), object: shown }], 'one', 'headers'))
      else io.out(`pod/${made.metadata.name} created${dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : ''}\n`)
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

function podOf({ flags, namespace }: Context, name: string, image: string, restart: 'Always' | 'OnFailure' | 'Never', words: readonly string[]): Pod {
  const env = flags.all('env').map((pair) => {
    if (!/^[A-Za-z_][\w.-]*=/.test(pair)) throw new Refused(`error: invalid env: ${pair}`)
    return { name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1) }
  })
  const labels = flags.all('labels')
  const policy = flags.text('image-pull-policy')
  const container: Container = {
    ...(words.length === 0 ? {} : flags.is('command') ? { command: [...words] } : { args: [...words] }),
    ...(env.length > 0 ? { env } : {}), image, ...(policy === 'Always' || policy === 'IfNotPresent' || policy === 'Never' ? { imagePullPolicy: policy } : {}), name,
    ...(flags.text('port') === undefined ? {} : { ports: [{ containerPort: Number(flags.text('port')) }] }), resources: {},
    ...(flags.is('privileged') ? { securityContext: { privileged: true } } : {}), ...(flags.is('stdin') ? { stdin: true, stdinOnce: true } : {}), ...(flags.is('tty') ? { tty: true } : {}),
  }
  const annotations = flags.all('annotations')
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: {
      ...(annotations.length > 0 ? { annotations: Object.fromEntries(pairsOf(annotations)) } : {}), labels: labels.length === 0 ? { run: name } : Object.fromEntries(pairsOf(labels)), name, namespace,
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: restart }, status: {},
  }
}

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
