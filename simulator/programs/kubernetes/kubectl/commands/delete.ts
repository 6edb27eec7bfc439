/** kubectl delete: by name, by file, `--all`, `-l`; waits until the objects are gone unless `--wait=false`. */
import { type ApiObject, type Resource, resourceNamed } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import type { Run } from '../../../../kernel/run'
import { command, type Context, Refused } from '../command'
import { noResource } from '../refused'
import { serverError } from '../errors'
import { readManifests } from '../manifests'

const POLL_NS = 200_000_000

export default command({
  flags: [
    { name: 'filename', short: 'f', type: 'string' }, { name: 'all', type: 'bool' }, { name: 'selector', short: 'l', type: 'string' }, { name: 'force', type: 'bool' },
    { name: 'grace-period', type: 'string' }, { name: 'now', type: 'bool' }, { name: 'wait', type: 'bool' }, { name: 'ignore-not-found', type: 'bool' },
  ],
  *run(context) {
    const { flags, io } = context
    const grace = flags.is('force') ? 0 : flags.is('now') ? 1 : flags.text('grace-period') === undefined ? undefined : Number(flags.text('grace-period'))
    if (flags.is('force')) io.err('Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n')
    const targets = yield* targetsOf(context)
    let code = 0
    const gone: { resource: Resource; object: ApiObject }[] = []
    for (const { resource, namespace, name } of targets) {
      try {
        const object = yield* context.api((api) => api.delete(resource, namespace, name, grace === undefined ? {} : { gracePeriodSeconds: grace }))
        io.out(`${resource.singular} "${name}" ${flags.is('force') ? 'force deleted' : 'deleted'}\n`)
        gone.push({ resource, object })
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        if (flags.is('ignore-not-found') && error.reason === 'NotFound') continue
        io.err(serverError(error))
        code = 1
      }
      yield* io.flush()
    }
    if (targets.length === 0) io.out('No resources found\n')
    if (flags.text('wait') !== 'false' && !flags.is('force')) for (const { resource, object } of gone) yield* untilGone(context, resource, object)
    return code
  },
})

function* targetsOf(context: Context): Run<{ resource: Resource; namespace: string; name: string }[]> {
  const { flags, namespace } = context
  if (flags.all('filename').length > 0) return (yield* readManifests(context, 'delete')).map((m) => ({ resource: m.resource, namespace: m.object.metadata.namespace ?? namespace, name: m.object.metadata.name }))
  const named = (text: string): Resource => {
    const resource = resourceNamed(text)
    if (!resource) throw noResource(text)
    return resource
  }
  const [first = '', ...names] = flags.args
  if (first === '') throw new Refused('error: You must provide one or more resources by argument or filename.')
  if (first.includes('/')) {
    return flags.args.map((pair) => {
      const [type = '', name = ''] = pair.split('/')
      return { resource: named(type), namespace, name }
    })
  }
  const resource = named(first)
  if (names.length > 0) return names.map((name) => ({ resource, namespace, name }))
  const selector = flags.text('selector')
  if (!flags.is('all') && selector === undefined) throw new Refused('error: resource(s) were provided, but no name was specified')
  const { items } = yield* context.api((api) => api.list(resource, namespace))
  const [key, value] = (selector ?? '').split('=')
  return items.filter((o) => !selector || o.metadata.labels?.[key ?? ''] === value).map((o) => ({ resource, namespace, name: o.metadata.name }))
}

function* untilGone(context: Context, resource: Resource, object: ApiObject): Run {
  for (;;) {
    try {
      const now = yield* context.api((api) => api.get(resource, object.metadata.namespace, object.metadata.name))
      if (now.metadata.uid !== object.metadata.uid) return
    } catch (error) {
      if (error instanceof ApiStatus && error.reason === 'NotFound') return
      throw error
    }
    yield* context.io.sys.sleep(POLL_NS)
  }
}
