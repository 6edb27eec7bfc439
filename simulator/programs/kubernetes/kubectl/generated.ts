/**
 * What commands that make objects share (pkg/cmd/create): an object in the order of Go's fields, that is sent or, with `--dry-run`, only shown. JSON shows that
 * order, YAML sorts.
 */
import type { Run } from '../../../kernel/run'
import { type Resource, resourceOfKind } from '../../../kubernetes/api/kinds'
import type { ApiObject, Json } from '../../../kubernetes/api/objects'
import { ApiStatus } from '../../../kubernetes/api/status'
import { type Context, Refused } from './command'
import { dryRunOf } from './dry-run'
import { serverError } from './errors'
import { formatOf, printFormatted } from './formats'
import { mustBeKept, named } from './kinds'
import { asTold } from './managed'

/** Flags of every such command. */
export const MAKING = ['dry-run', 'output', 'template', 'validate', 'save-config', 'show-managed-fields', 'field-manager'] as const

type Fields = { [key: string]: Json | undefined }
export type Generated = ApiObject & Fields

const MAKER = ['go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'name', 'template', 'templatefile', 'yaml']

/** `metadata` of a new object; the namespace only where a flag says it. */
export function newMeta({ flags }: Context, name: string, labels?: Readonly<Record<string, string>>): ApiObject['metadata'] & Fields {
  const namespace = flags.text('namespace')
  return { name, ...(namespace === undefined ? {} : { namespace }), creationTimestamp: null as never, ...(labels === undefined ? {} : { labels: { ...labels } }) }
}

export const newObject = (apiVersion: string, kind: string, metadata: ApiObject['metadata'] & Fields, rest: Fields): Generated => ({ kind, apiVersion, metadata, ...rest }) as Generated

/** The one name that most of them take. */
export function oneName(context: Context): string {
  const { args } = context.flags
  const [name] = args
  if (name === undefined || args.length > 1) throw context.misused(`exactly one NAME is required, got ${args.length}`)
  return name
}

/** `--from-literal a=b` and the like: pairs in the order given. */
export function pairsOf(texts: readonly string[], fault: (text: string) => string): [string, string][] {
  return texts.map((text) => {
    const at = text.indexOf('=')
    if (at <= 0) throw new Refused(fault(text))
    return [text.slice(0, at), text.slice(at + 1)]
  })
}

export const sortedPairs = (pairs: readonly (readonly [string, string])[]): Record<string, string> => Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)))

/** Words for what a server refuses while such an object is made. */
const failed = (error: ApiStatus, what: string | undefined): string => (what === undefined ? serverError(error) : `error: failed to create ${what}: ${error.message}\n`)

export function* makeOrShow(context: Context, object: Generated, what?: string): Run<number> {
  const { flags, io } = context
  const resource = resourceOfKind(object.apiVersion, object.kind)
  if (!resource) throw new Refused(`error: unable to recognize "": no matches for kind "${object.kind}" in version "${object.apiVersion}"`)
  const output = flags.text('output') ?? ''
  const format = formatOf(output, MAKER)
  if (dryRunOf(context) === 'client') {
    show(context, resource, object, output, ' (dry run)')
    return 0
  }
  mustBeKept(resource)
  const { creationTimestamp: _, ...metadata } = object.metadata
  const placed: ApiObject = { ...object, metadata: { ...metadata, ...(resource.namespaced ? { namespace: context.namespace } : {}) } }
  try {
    const made = yield* context.api((api) => api.create(resource, placed))
    if (output === '') io.out(`${named(resource, made.metadata.name)} created\n`)
    else io.out(printFormatted(format, yield* asTold(context, format, [{ resource, object: made }]), 'one', 'headers'))
    return 0
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
    io.err(failed(error, what))
    return 1
  }
}

export function show({ io }: Context, resource: Resource, object: ApiObject, output: string, done: string): void {
  if (output === '') io.out(`${named(resource, object.metadata.name)} created${done}\n`)
  else if (output === 'json') io.out(`${JSON.stringify(object, null, 4)}\n`)
  else io.out(printFormatted(formatOf(output, MAKER), [{ resource, object }], 'one', 'headers'))
}
