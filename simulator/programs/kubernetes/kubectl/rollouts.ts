/** What the rollout commands share: the deployment that is meant, and its replica sets by revision (pkg/polymorphichelpers). */
import type { Run } from '../../../kernel/run'
import { type DaemonSet, type Deployment, isDaemonSet, isDeployment, isReplicaSet, type ReplicaSet } from '../../../kubernetes/api/workloads'
import { ownedBy } from '../../../kubernetes/controllers/controller'
import { type Context, Refused } from './command'
import { kindAsked } from './kinds'
import { NotHere } from './refused'
import { objectsNamed } from './targets'

export const REVISION = 'deployment.kubernetes.io/revision'
export const CHANGE_CAUSE = 'kubernetes.io/change-cause'

export const revisionOf = ({ metadata }: ReplicaSet | Deployment): number => Number(metadata.annotations?.[REVISION] ?? 0)

/** Deployments and daemon sets that are named. */
export function* rolledOut(context: Context): Run<(Deployment | DaemonSet)[]> {
  if (context.flags.args.length === 0 && context.flags.all('filename').length === 0) throw new Refused('error: required resource not specified')
  return (yield* objectsNamed(context, context.flags.args)).map(({ resource, object }) => {
    if (!isDeployment(object) && !isDaemonSet(object)) throw new NotHere(`kubectl: not simulated in this lab: rollout of ${resource.plural}`)
    return object
  })
}

export function* deploymentsNamed(context: Context): Run<Deployment[]> {
  if (context.flags.args.length === 0 && context.flags.all('filename').length === 0) throw new Refused('error: required resource not specified')
  const found = yield* objectsNamed(context, context.flags.args)
  return found.map(({ resource, object }) => {
    if (!isDeployment(object)) throw new NotHere(`kubectl: not simulated in this lab: rollout of ${resource.plural}`)
    return object
  })
}

/** Oldest revision first. */
export function* setsOf(context: Context, deployment: Deployment): Run<ReplicaSet[]> {
  const { namespace } = deployment.metadata
  const { items } = yield* context.api((api) => api.list(kindAsked('replicasets', namespace), namespace))
  return items.filter(isReplicaSet).filter((set) => ownedBy(deployment, set)).sort((a, b) => revisionOf(a) - revisionOf(b))
}

export const deploymentKind = () => kindAsked('deployments', undefined)

/** Writes a change of a deployment, and says so. */
export function* changed(context: Context, deployment: Deployment, words: string): Run {
  yield* context.api((api) => api.update(deploymentKind(), deployment))
  context.io.out(`deployment.apps/${deployment.metadata.name} ${words}\n`)
}
