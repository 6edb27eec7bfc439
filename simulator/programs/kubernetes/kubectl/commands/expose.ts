/** kubectl expose: a service for what selects pods (pkg/cmd/expose/expose.go, pkg/polymorphichelpers). Recording: golden deployment. */
import type { ApiObject, Json, Pod, Service } from '../../../../kubernetes/api/objects'
import { isPod, isService } from '../../../../kubernetes/api/server'
import { isDeployment, isReplicaSet } from '../../../../kubernetes/api/workloads'
import { resourceOfKind } from '../../../../kubernetes/api/kinds'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, type Context, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { serverError } from '../errors'
import { newMeta, newObject, pairsOf, show } from '../generated'
import { named } from '../kinds'
import { eachFound, mustBeNamed, targetsOf } from '../targets'

export default command({
  flags: ['port', 'name', 'type', 'target-port', 'protocol', 'dry-run', 'output', 'cluster-ip', 'labels', 'selector', 'filename', 'session-affinity', 'external-ip', 'load-balancer-ip', 'generator'],
  *run(context) {
    const { flags, io } = context
    const targets = yield* targetsOf({ ...context, flags: withoutSelector(context) }, flags.args)
    mustBeNamed(context, targets)
    return yield* eachFound(context, targets, function* ({ object }) {
      const service = serviceFor(context, object)
      const resource = resourceOfKind('v1', 'Service')
      if (!resource) return
      const output = flags.text('output') ?? ''
      if (dryRunOf(context) === 'client') {
        if (output === '') io.out(`${named(resource, service.metadata.name)} exposed (dry run)\n`)
        else show(context, resource, service, output, '')
        return
      }
      const { creationTimestamp: _, ...metadata } = service.metadata
      try {
        const made = yield* context.api((api) => api.create(resource, { ...service, metadata: { ...metadata, namespace: object.metadata.namespace ?? context.namespace } }))
        if (output === '') io.out(`${named(resource, made.metadata.name)} exposed\n`)
        else show(context, resource, { ...service, ...made }, output, '')
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        throw new Refused(serverError(error).replace(/\n$/, ''))
      }
    })
  },
})

/** `--selector` is the service's, not that of what is exposed. */
const withoutSelector = ({ flags }: Context): Context['flags'] => Object.create(flags, { text: { value: (name: string) => (name === 'selector' ? undefined : flags.text(name)) } })

function serviceFor(context: Context, object: ApiObject) {
  const { flags } = context
  const text = flags.text('selector')
  const selector = text === undefined ? selectorOf(object) : Object.fromEntries(pairsOf(text.split(','), (pair) => `error: unexpected label spec: ${pair}`))
  const labels = flags.text('labels')
  const metadata = newMeta(context, flags.text('name') ?? object.metadata.name, labels === undefined ? object.metadata.labels : Object.fromEntries(pairsOf(labels.split(','), (pair) => `error: unexpected label spec: ${pair}`)))
  const type = flags.text('type')
  const clusterIP = flags.text('cluster-ip')
  const spec = { ...(clusterIP ? { clusterIP } : {}), ports: portsOf(context, object), selector, ...(type ? { type } : {}) }
  return newObject('v1', 'Service', metadata, { spec, status: { loadBalancer: {} } })
}

function selectorOf(object: ApiObject): Record<string, string> {
  const failed = (why: string): never => {
    throw new Refused(`error: couldn't retrieve selectors via --selector flag or introspection: ${why}`)
  }
  if (isDeployment(object) || isReplicaSet(object)) return { ...object.spec.selector.matchLabels }
  if (isPod(object)) return object.metadata.labels ?? failed('the pod has no labels and cannot be exposed')
  if (isService(object)) return object.spec.selector ?? failed('the service has no pod selector set')
  throw new Refused(`error: cannot expose a ${object.kind}${object.apiVersion.includes('/') ? `.${object.apiVersion.split('/')[0] ?? ''}` : ''}`)
}

const containersOf = (object: ApiObject): Pod['spec']['containers'] => (isDeployment(object) || isReplicaSet(object) ? object.spec.template.spec.containers : isPod(object) ? object.spec.containers : [])

function portsOf({ flags }: Context, object: ApiObject): { [key: string]: Json }[] {
  const target = flags.text('target-port')
  const targetOf = (port: number): number | string => (target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target)
  const protocol = flags.text('protocol')
  const known: readonly { readonly port: number; readonly protocol?: string }[] = isService(object) ? ((object as Service).spec.ports ?? []) : containersOf(object).flatMap((c) => (c.ports ?? []).map((p) => ({ port: p.containerPort, ...(p.protocol ? { protocol: p.protocol } : {}) })))
  const wanted = flags.text('port')
  const ports = wanted === undefined ? known.map(({ port }) => port) : wanted.split(',').map(Number)
  if (ports.length === 0) throw new Refused("error: couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples")
  return ports.map((port, i) => ({
    ...(ports.length > 1 ? { name: `port-${i + 1}` } : {}), port, protocol: protocol ?? known.find((each) => each.port === port)?.protocol ?? 'TCP', targetPort: targetOf(port),
  }))
}
