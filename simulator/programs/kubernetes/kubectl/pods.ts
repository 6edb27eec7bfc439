/** Finding the pod and the container that a command means (pkg/cmd/util/podcmd, polymorphichelpers). */
import type { Run } from '../../../kernel/run'
import type { Pod } from '../../../kubernetes/api/objects'
import { isPod } from '../../../kubernetes/api/server'
import { type Context, Refused } from './command'
import { kindAsked } from './kinds'
import { NotHere } from './refused'
import { objectNamed } from './targets'

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/** `web`, `pod/web`. */
export function* podNamed(context: Context, text: string): Run<Pod> {
  const [type = '', name] = text.includes('/') ? text.split('/', 2) : ['pod', text]
  const resource = kindAsked(type, context.namespace)
  const found = yield* objectNamed(context, resource, context.namespace, name ?? '')
  if (resource.kind !== 'Pod') throw new NotHere(`kubectl: not simulated in this lab: pods of ${resource.plural}`)
  if (!isPod(found)) throw new Refused(`error: ${text} is no pod`)
  return found
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
