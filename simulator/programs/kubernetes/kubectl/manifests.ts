/** Files that `-f` names: YAML or JSON, several documents, a folder, `-` for standard input. */
import { parseAllDocuments } from 'yaml'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { readToEnd } from '../../../kernel/read-to-end'
import { type Resource, resourceOfKind } from '../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../kubernetes/api/objects'
import { validationErrors } from '../../../kubernetes/api/schema'
import { DecodeError, readJson, yamlFault } from '../../go/decode'
import { type Context, Refused } from './command'
import { mustBeKept } from './kinds'

export interface Manifest {
  readonly file: string
  readonly object: ApiObject
  readonly resource: Resource
}

export function* readManifests(context: Context, verb: 'apply' | 'create' | 'delete' | 'replace' | 'no'): Run<Manifest[]> {
  const { io, flags } = context
  const manifests: Manifest[] = []
  for (const path of flags.all('filename')) {
    for (const file of yield* filesOf(context, path)) {
      const text = file === '-' ? yield* readInput(context) : decode(yield* io.sys.readFile(file))
      manifests.push(...(yield* parseText(context, text, file === '-' ? 'STDIN' : file)))
    }
  }
  if (manifests.length === 0 && verb !== 'no') throw new Refused(`error: no objects passed to ${verb}`)
  return manifests
}

function* filesOf({ io }: Context, path: string): Run<string[]> {
  if (path === '-') return ['-']
  try {
    if (io.sys.stat(path).kind !== 'dir') return [path]
    return io.sys.readdir(path).map((e) => e.name).filter((n) => /\.(ya?ml|json)$/.test(n)).sort().map((n) => `${path.replace(/\/$/, '')}/${n}`)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refused(`error: the path "${path}" does not exist`)
  }
}

function* readInput({ io }: Context): Run<string> {
  return decode(yield* readToEnd(() => io.sys.read(0, 65536)))
}

/** How the first releases said that a kind is not known, and by which minor versions of servers kubectl checks types itself. */
const MAPPING_BEFORE = 24
const SERVERS_CHECK = 25

function* parseText(context: Context, text: string, file: string): Run<Manifest[]> {
  const out: Manifest[] = []
  const { release, flags } = context
  for (const value of values(text, file, release.minor)) {
    if (value === null || value === undefined) continue
    const invalid = (why: string): Refused => new Refused(`error: error validating "${file}": error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`)
    if (!isManifest(value)) throw invalid('invalid object to validate')
    if (!value.apiVersion) throw invalid('apiVersion not set')
    if (!value.kind) throw invalid('kind not set')
    const { apiVersion, kind } = value
    const metadata: ApiObject['metadata'] = typeof value.metadata === 'object' ? { ...value.metadata } : { name: '' }
    const resource = resourceOfKind(apiVersion, kind)
    if (!resource) {
      if (release.minor < MAPPING_BEFORE) throw new Refused(`error: unable to recognize "${file}": no matches for kind "${kind}" in version "${apiVersion}"`)
      throw new Refused(`error: resource mapping not found for name: "${metadata.name ?? ''}" namespace: "${metadata.namespace ?? ''}" from "${file}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`)
    }
    const server = yield* context.api(function* (api) {
      return api.version
    })
    const faults = ['false', 'ignore'].includes(flags.text('validate') ?? '') || Number(server.split('.')[1]) >= SERVERS_CHECK ? [] : validationErrors({ ...value })
    if (faults.length > 0) throw invalid(faults.length === 1 ? (faults[0] ?? '') : `[${faults.join(', ')}]`)
    mustBeKept(resource)
    out.push({ file, object: { ...value, apiVersion, kind, metadata: { ...metadata, name: metadata.name ?? '' } }, resource })
  }
  return out
}

interface Loose extends Partial<Omit<ApiObject, 'metadata'>> {
  readonly metadata?: ApiObject['metadata'] | string
}
const isManifest = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)

/** From here on the place of a fault in JSON is told. */
const TELLS_OFFSET = 22

/** The documents of a file: JSON where it begins as such, YAML else, in which a key may stand twice (sigs.k8s.io/yaml). */
function values(text: string, file: string, minor: number): unknown[] {
  const fail = (why: string): never => {
    throw new Refused(`error: error parsing ${file}: ${why}`)
  }
  if (text.trimStart().startsWith('{')) {
    try {
      return [readJson(text)]
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      fail(minor < TELLS_OFFSET ? error.message.replace(/^json: offset \d+: /, 'json: line 0: ') : error.message)
    }
  }
  return parseAllDocuments(text, { uniqueKeys: false }).flatMap((document) => {
    const [problem] = document.errors
    if (problem) fail(`error converting YAML to JSON: ${yamlFault(problem.code, problem.message, (problem.linePos?.[0].line ?? 1) - 1)}`)
    const value: unknown = document.toJS()
    return isList(value) ? value.items : [value]
  })
}

const isList = (value: unknown): value is { readonly items: unknown[] } => isManifest(value) && value.kind === 'List' && 'items' in value && Array.isArray(value.items)
