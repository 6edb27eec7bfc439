/** kubectl describe: pods, nodes, namespaces, services, by name, by the beginning of a name, or all. */
import type { Run } from '../../../../kernel/run'
import { qualified, type Resource } from '../../../../kubernetes/api/kinds'
import type { ApiObject, ConfigMap, Endpoints, EventObject, NodeObject, Secret, ServiceAccount } from '../../../../kubernetes/api/objects'
import { apiTime, events as eventsOf, isEvent, isPod, isService, pods as podsOf } from '../../../../kubernetes/api/server'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { isCronJob, isDaemonSet, isDeployment, isJob, isReplicaSet } from '../../../../kubernetes/api/workloads'
import { ownedBy } from '../../../../kubernetes/controllers/controller'
import { command, type Context, Refused } from '../command'
import { describeCronJob, describeDaemonSet, describeJob } from '../describe/batch'
import { describeConfigMap, describeEndpoints, describeSecret, describeServiceAccount } from '../describe/config'
import { describeNamespace, describeNode, describeService } from '../describe/others'
import { describePod } from '../describe/pod'
import { describeDeployment, describeReplicaSet } from '../describe/workloads'
import { serverError } from '../errors'
import { kindAsked } from '../kinds'
import { matchesLabels } from '../selectors'
import { targetsOf } from '../targets'

export default command({
  flags: ['selector', 'all-namespaces', 'show-events', 'filename', 'chunk-size'],
  *run(context) {
    const { flags, io } = context
    const [type] = flags.args
    if (type === undefined && flags.all('filename').length === 0) throw new Refused('error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.')
    const wanted = yield* targetsOf(context, flags.args)
    let code = 0
    const described: string[] = []
    let scope = context.namespace
    for (const { resource, name } of wanted) {
      const everywhere = flags.is('all-namespaces') || !resource.namespaced
      if (everywhere) scope = ''
      const { items } = yield* context.api((api) => api.list(resource, everywhere ? undefined : context.namespace))
      const chosen = items.filter((o) => matchesLabels(o.metadata.labels ?? {}, flags.text('selector') ?? ''))
      const exact = chosen.filter((o) => name === undefined || o.metadata.name === name)
      // A name that nothing bears is taken for the beginning of names.
      const found = exact.length > 0 || name === undefined ? exact : chosen.filter((o) => o.metadata.name.startsWith(name))
      if (found.length === 0 && name !== undefined) {
        io.err(serverError(new ApiStatus('NotFound', `${qualified(resource)} "${name}" not found`)))
        code = 1
      }
      for (const object of found) described.push(yield* describe(context, resource, object))
    }
    if (described.length === 0 && code === 0) io.err(scope === '' ? 'No resources found\n' : `No resources found in ${scope} namespace.\n`)
    io.out(described.join('\n\n'))
    return code
  },
})

function* describe(context: Context, resource: Resource, object: ApiObject): Run<string> {
  const now = context.io.sys.now().sec
  const { items } = yield* context.api((api) => api.list(eventsOf(), object.metadata.namespace))
  const about = context.flags.text('show-events') === 'false' ? [] : items.filter(isEvent).filter((e: EventObject) => e.involvedObject.kind === object.kind && e.involvedObject.name === object.metadata.name && (!e.involvedObject.uid || object.kind === 'Node' || e.involvedObject.uid === object.metadata.uid))
  if (isPod(object)) return describePod(object, about, now, context.release.minor)
  const { minor } = context.release
  if (isKind<ConfigMap>(object, 'ConfigMap')) return describeConfigMap(object, about, now, minor)
  if (isKind<Secret>(object, 'Secret')) return describeSecret(object)
  if (isKind<Endpoints>(object, 'Endpoints')) return describeEndpoints(object, about, now)
  if (isKind<ServiceAccount>(object, 'ServiceAccount')) return describeServiceAccount(object, yield* tokensOf(context, object), about, now)
  if (isJob(object)) return describeJob(object, about, now)
  if (isCronJob(object)) return describeCronJob(object, about, now)
  const pods = (yield* context.api((api) => api.list(podsOf()))).items.filter(isPod)
  if (isDaemonSet(object)) return describeDaemonSet(object, pods.filter((pod) => ownedBy(object, pod)), about, now)
  if (isNode(object)) {
    const renewed = yield* context.api(function* (api) {
      return api.nodeLeases.get(object.metadata.name)
    })
    return describeNode(object, renewed && apiTime(renewed.sec), pods.filter((p) => p.spec.nodeName === object.metadata.name), about, now, context.release.minor)
  }
  if (object.kind === 'Namespace') return describeNamespace(object)
  if (isService(object)) {
    return describeService(object, (yield* endpointsOf(context, object))?.subsets, about, now)
  }
  if (isDeployment(object)) {
    const sets = (yield* context.api((api) => api.list(kindAsked('replicasets', object.metadata.namespace), object.metadata.namespace))).items.filter(isReplicaSet)
    return describeDeployment(object, sets.filter((set) => ownedBy(object, set)), about, now)
  }
  if (isReplicaSet(object)) return describeReplicaSet(object, pods.filter((pod) => ownedBy(object, pod)), about, now)
  throw new Refused(`kubectl: describe ${resource.plural}: not simulated in this lab`)
}

const isNode = (object: ApiObject): object is NodeObject => object.kind === 'Node'

const isKind = <T extends ApiObject>(object: ApiObject, kind: string): object is T => object.kind === kind

function* endpointsOf(context: Context, { metadata: { name, namespace } }: ApiObject): Run<Endpoints | undefined> {
  const { items } = yield* context.api((api) => api.list(kindAsked('endpoints', namespace), namespace))
  return items.filter((each): each is Endpoints => isKind<Endpoints>(each, 'Endpoints')).find((each) => each.metadata.name === name)
}

/** The secrets with tokens of an account. */
function* tokensOf(context: Context, { metadata: { name, namespace } }: ServiceAccount): Run<string[]> {
  const { items } = yield* context.api((api) => api.list(kindAsked('secrets', namespace), namespace))
  return items.filter((each) => each.metadata.annotations?.['kubernetes.io/service-account.name'] === name).map((each) => each.metadata.name)
}
