/** Finding the pod and the container that a command means (pkg/cmd/util/podcmd, polymorphichelpers). */
import type { Run } from '../../../kernel/run'
import type { Pod } from '../../../kubernetes/api/objects'
import { isPod, pods } from '../../../kubernetes/api/server'
import { type Context, Refused } from './command'
import { NotHere } from './refused'

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/** `web`, `pod/web`. */
export function* podNamed(context: Context, text: string): Run<Pod> {
  const [type = '', name] = text.includes('/') ? text.split('/', 2) : ['pod', text]
  if (!['pod', 'pods', 'po'].includes(type)) throw new NotHere(`kubectl: not simulated in this lab: ${type}/…`)
  const found = yield* context.api((api) => api.get(pods(), context.namespace, name ?? ''))
  if (!isPod(found)) throw new Refused(`error: ${text} is no pod`)
  return found
}

/** The container named, else the pod's default one, of which it is told when there are several. */
export function containerOf(context: Context, pod: Pod, named: string | undefined, telling: 'quiet' | 'tells'): string {
  const own = pod.spec.containers.map((c) => c.name)
  const all = [...own, ...(pod.spec.initContainers ?? []).map((c) => `${c.name} (init)`)]
  if (named) return named
  const chosen = pod.metadata.annotations?.[DEFAULT_CONTAINER]
  if (chosen && own.includes(chosen)) return chosen
  if (all.length > 1 && telling === 'tells') context.io.err(`Defaulted container "${own[0]}" out of: ${all.join(', ')}\n`)
  return own[0] ?? ''
}

/** True for a container, init containers included. */
export const hasContainer = (pod: Pod, name: string): boolean => [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].some((c) => c.name === name)
