/** Finding the pod and the container that a command means (pkg/cmd/util/podcmd, polymorphichelpers). */
import type { Run } from '../../../kernel/run'
import { lessDear } from '../../../kubernetes/api/active-pods'
import type { ApiObject, Pod } from '../../../kubernetes/api/objects'
import { isPod, isService, pods } from '../../../kubernetes/api/server'
import { isDaemonSet, isDeployment, isJob, isReplicaSet, type LabelSelector, selects } from '../../../kubernetes/api/workloads'
import { parseDuration } from '../../go/duration'
import { type Context, Refused } from './command'
import { kindAsked } from './kinds'
import { objectNamed } from './targets'

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

const POLL_NS = 100_000_000

/** What is to be done with the pod, as the error of a kind that has none says it. */
type Purpose = 'attach to' | 'get the logs from'
const WAITS: { readonly [P in Purpose]: string } = { 'attach to': '1m0s', 'get the logs from': '20s' }

/** `web`, `pod/web`; `deploy/web`: of the pods that it selects the one that matters most, waited for when there is none yet. */
export function* podNamed(context: Context, text: string, purpose: Purpose = 'attach to'): Run<Pod> {
  const { io, flags, namespace } = context
  const [type = '', name] = text.includes('/') ? text.split('/', 2) : ['pod', text]
  const resource = kindAsked(type, namespace)
  const found = yield* objectNamed(context, resource, namespace, name ?? '')
  if (isPod(found)) return found
  const selector = selectorOf(found, purpose)
  const until = io.sys.monotonic() + (parseDuration(flags.text('pod-running-timeout') ?? WAITS[purpose]) ?? 0)
  for (;;) {
    const { items } = yield* context.api((api) => api.list(pods(), namespace))
    const own = items.filter(isPod).filter((pod) => selects(selector, pod.metadata.labels))
    const [dearest] = own.sort((a, b) => lessDear(b, a))
    if (dearest && own.length > 1 && purpose === 'get the logs from') io.err(`Found ${own.length} pods, using pod/${dearest.metadata.name}\n`)
    if (dearest) return dearest
    if (io.sys.monotonic() >= until) throw new Refused('error: timed out waiting for the condition')
    yield* io.sys.sleep(POLL_NS)
  }
}

/** The labels of a workload's or a service's pods (polymorphichelpers, SelectorsForObject). */
function selectorOf(object: ApiObject, purpose: Purpose): LabelSelector {
  const fail = (why: string): never => {
    throw new Refused(`error: cannot ${purpose} *v1.${object.kind}: ${why}`)
  }
  if (isDeployment(object) || isReplicaSet(object) || isDaemonSet(object)) return object.spec.selector
  if (isJob(object)) return object.spec.selector ?? {}
  if (!isService(object)) return fail(`selector for *v1.${object.kind} not implemented`)
  const { selector = {} } = object.spec
  return Object.keys(selector).length > 0 ? { matchLabels: selector } : fail(`invalid service '${object.metadata.name}': Service is defined without a selector`)
}

/** How a client says which container it took: from 1.21 on, before, and what `logs` said before. */
const TELLS_ALL = 21

/** The container named, else the pod's default one, of which it is told when there are several. */
export function containerOf(context: Context, pod: Pod, named: string | undefined, telling: 'quiet' | 'tells', verb: 'runs' | 'logs' = 'runs'): string {
  const own = pod.spec.containers.map((c) => c.name)
  const all = [...own, ...(pod.spec.initContainers ?? []).map((c) => `${c.name} (init)`)]
  if (named) return named
  const chosen = pod.metadata.annotations?.[DEFAULT_CONTAINER]
  const isOld = context.release.minor < TELLS_ALL
  if (chosen && own.includes(chosen) && !isOld) return chosen
  if (isOld && verb === 'logs' && own.length > 1) {
    const init = (pod.spec.initContainers ?? []).map((c) => c.name)
    throw new Refused(`error: a container name must be specified for pod ${pod.metadata.name}, choose one of: [${own.join(' ')}]${init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : ''}`)
  }
  if (telling === 'tells') {
    if (!isOld && all.length > 1) context.io.err(`Defaulted container "${own[0]}" out of: ${all.join(', ')}\n`)
    if (isOld && own.length > 1) context.io.err(`Defaulting container name to ${own[0]}.\nUse 'kubectl describe pod/${pod.metadata.name} -n ${pod.metadata.namespace}' to see all of the containers in this pod.\n`)
  }
  return own[0] ?? ''
}

/** True for a container, init containers included. */
export const hasContainer = (pod: Pod, name: string): boolean => [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].some((c) => c.name === name)
