/** kubectl apply -f: creates, or updates what the last applied configuration changed. */
import { goJson } from '../../../../containerd/json'
import type { ApiObject } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { serverError } from '../errors'
import { named } from '../kinds'
import { readManifests } from '../manifests'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The annotation that `apply` keeps: the manifest with its keys sorted, and a newline. */
function lastApplied(object: ApiObject, namespace: string): string {
  const { annotations, ...metadata } = object.metadata
  const plain = { ...object, metadata: { annotations: Object.fromEntries(Object.entries(annotations ?? {}).filter(([k]) => k !== LAST_APPLIED)), ...metadata, namespace: metadata.namespace ?? namespace } }
  return `${goJson(sorted(plain))}\n`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
}

/** From here on words are refused. */
const REFUSES_WORDS = 22

export default command({
  flags: ['filename', 'validate', 'dry-run'],
  *run(context) {
    const { flags, io } = context
    if (flags.args.length > 0 && context.release.minor >= REFUSES_WORDS) throw context.misused(`Unexpected args: [${flags.args.join(' ')}]`)
    if (flags.all('filename').length === 0) throw new Refused('error: must specify one of -f and -k')
    const isDry = dryRunOf(context) === 'client'
    const how = isDry ? ' (dry run)' : ''
    let code = 0
    for (const { object, resource, file } of yield* readManifests(context, 'apply')) {
      const namespace = object.metadata.namespace ?? context.namespace
      const annotation = lastApplied(object, namespace)
      const wanted = { ...object, metadata: { ...object.metadata, ...(resource.namespaced ? { namespace } : {}), annotations: { ...object.metadata.annotations, [LAST_APPLIED]: annotation } } }
      const slashed = object.apiVersion.includes('/') ? object.apiVersion : `/${object.apiVersion}`
      const shown = named(resource, object.metadata.name)
      if (object.metadata.name === '') throw new Refused(`error: error when retrieving current configuration of:\nResource: "${slashed}, Resource=${resource.plural}", GroupVersionKind: "${slashed}, Kind=${object.kind}"\nName: "", Namespace: "${resource.namespaced ? namespace : ''}"\nfrom server for: "${file}": resource name may not be empty`)
      let existing: ApiObject | undefined
      try {
        existing = yield* context.api((api) => api.get(resource, namespace, object.metadata.name))
      } catch (error) {
        if (!(error instanceof ApiStatus) || error.reason !== 'NotFound') throw error
      }
      try {
        if (!existing) {
          if (!isDry) yield* context.api((api) => api.create(resource, wanted))
          io.out(`${shown} created${how}\n`)
        } else if (existing.metadata.annotations?.[LAST_APPLIED] === annotation && !isDry) io.out(`${shown} unchanged\n`)
        else {
          const old = existing
          const merged = { ...old, ...(resource.kind === 'Pod' ? {} : object), metadata: { ...old.metadata, labels: object.metadata.labels ?? {}, annotations: wanted.metadata.annotations } }
          if (!isDry) yield* context.api((api) => api.update(resource, merged))
          io.out(`${shown} configured${how}\n`)
        }
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        io.err(serverError(error, `error when creating "${file}"`))
        code = 1
      }
    }
    return code
  },
})
