/** kubectl logs: of one container, of all of a pod, of the pods of a selector; `-f`, `-p`, `--tail`, `--since`, `--timestamps`, `--prefix`. */
import { decode, encode } from '../../../../kernel/bytes'
import type { Run } from '../../../../kernel/run'
import type { Pod } from '../../../../kubernetes/api/objects'
import { isPod, pods } from '../../../../kubernetes/api/server'
import type { PodLogOptions } from '../../../../kubernetes/kubelet/server'
import { timeOf } from '../../../../kubernetes/logs'
import { parseDuration } from '../../../go/duration'
import { nowNanoseconds } from '../../../go/time'
import { command, type Context, Refused } from '../command'
import { matchesLabels } from '../selectors'
import { containerOf, hasContainer, podNamed } from '../pods'
import { output } from '../stream'

/** From here on it is told that a selector fits nothing. */
const TELLS_NONE = 21
/** With a selector so many lines of each container are shown unless told otherwise. */
const SELECTOR_TAIL = 10

export default command({
  flags: ['container', 'follow', 'previous', 'all-containers', 'timestamps', 'prefix', 'tail', 'since', 'since-time', 'limit-bytes', 'selector', 'ignore-errors', 'max-log-requests'],
  *run(context) {
    const { flags } = context
    const [name, second, ...more] = flags.args
    const selector = flags.text('selector')
    if (name === undefined && selector === undefined) throw new Refused("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples")
    if (name !== undefined && selector !== undefined) throw new Refused('error: only a selector (-l) or a POD name is allowed')
    if (more.length > 0 || (second !== undefined && flags.text('container') !== undefined)) {
      throw new Refused("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples")
    }
    const options = optionsOf(context)
    const named = flags.text('container') ?? second
    if (flags.is('all-containers') && named) throw new Refused(`error: --all-containers=true should not be specified with container name ${named}`)
    const chosen = name === undefined ? yield* selected(context, selector ?? '') : [yield* podNamed(context, name, 'get the logs from')]
    if (chosen.length === 0 && context.release.minor >= TELLS_NONE) context.io.err(`No resources found in ${context.namespace} namespace.\n`)
    for (const pod of chosen) {
      if (named && !hasContainer(pod, named)) throw new Refused(`error: container ${named} is not valid for pod ${pod.metadata.name}`)
      const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((c) => c.name)
      const containers = flags.is('all-containers') ? all : [containerOf(context, pod, named, 'tells', 'logs')]
      for (const container of containers) yield* show(context, pod, container, options)
    }
  },
})

function* selected(context: Context, selector: string): Run<Pod[]> {
  const { items } = yield* context.api((api) => api.list(pods(), context.namespace))
  return items.filter(isPod).filter((pod) => matchesLabels(pod.metadata.labels ?? {}, selector))
}

function optionsOf(context: Context): PodLogOptions {
  const { flags } = context
  const number = (name: string): number | undefined => {
    const text = flags.text(name)
    if (text === undefined) return undefined
    if (!/^-?\d+$/.test(text)) throw new Refused(`error: invalid argument "${text}" for "--${name}" flag: strconv.ParseInt: parsing "${text}": invalid syntax\nSee 'kubectl logs --help' for usage.`)
    return Number(text)
  }
  const tail = number('tail')
  if (tail !== undefined && tail < -1) throw new Refused('error: --tail must be greater than or equal to -1')
  const since = flags.text('since')
  const sinceTime = flags.text('since-time')
  if (since !== undefined && sinceTime !== undefined) throw new Refused('error: at most one of `sinceTime` or `sinceSeconds` may be specified')
  const duration = since === undefined ? undefined : parseDuration(since)
  if (since !== undefined && duration === undefined) throw new Refused(`error: invalid argument "${since}" for "--since" flag: time: invalid duration "${since}"\nSee 'kubectl logs --help' for usage.`)
  const from = duration !== undefined ? nowNanoseconds(context.io.sys) - BigInt(duration) : sinceTime === undefined ? undefined : timeOf(sinceTime)
  const wanted = tail ?? (flags.text('selector') === undefined ? undefined : SELECTOR_TAIL)
  const bytes = number('limit-bytes')
  return {
    follow: flags.is('follow') ? 'follow' : 'once', previous: flags.is('previous') ? 'previous' : 'current', timestamps: flags.is('timestamps') ? 'shown' : 'hidden',
    ...(from === undefined ? {} : { since: from }), ...(wanted === undefined || wanted < 0 ? {} : { tail: wanted }), ...(bytes === undefined || bytes <= 0 ? {} : { limitBytes: bytes }),
  }
}

function* show(context: Context, pod: Pod, container: string, options: PodLogOptions): Run {
  const { namespace = 'default', name } = pod.metadata
  yield* context.io.flush()
  const log = yield* context.api((api) => api.pods.log(namespace, name, container, options))
  const prefix = context.flags.is('prefix') ? `[pod/${name}/${container}] ` : ''
  const shown = prefix === '' ? log : { next: (seen: number) => prefixed(log.next(seen), prefix) }
  yield* output(context, shown, function* () {})
}

type Next = ReturnType<Parameters<typeof output>[1]['next']>

function* prefixed(next: Next, prefix: string): Next {
  const chunk = yield* next
  if (chunk === null) return null
  return { ...chunk, bytes: encode(decode(chunk.bytes).replace(/^(?=[\s\S])/gm, prefix)) }
}
