/** Files that `-f` names: YAML or JSON, several documents, a folder, `-` for standard input. */
import { parseAllDocuments } from 'yaml'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Resource, resourceOfKind } from '../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../kubernetes/api/objects'
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
      manifests.push(...parseText(text, file === '-' ? 'STDIN' : file))
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
  let text = ''
  for (;;) {
    const part = yield* io.sys.read(0, 65536)
    if (part.length === 0) return text
    text += decode(part)
  }
}

function parseText(text: string, file: string): Manifest[] {
  const out: Manifest[] = []
  for (const document of parseAllDocuments(text)) {
    const [problem] = document.errors
    if (problem) throw new Refused(`error: error parsing ${file}: error converting YAML to JSON: yaml: line ${problem.linePos?.[0].line ?? 1}: ${problem.message.split(' at line')[0]}`)
    const value: unknown = document.toJS()
    if (value === null || value === undefined) continue
    const invalid = (why: string): Refused => new Refused(`error: error validating "${file}": error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`)
    if (typeof value !== 'object' || Array.isArray(value)) throw invalid('invalid object to validate')
    const object = value as Partial<ApiObject> & { metadata?: { name?: string; namespace?: string } }
    if (!object.apiVersion) throw invalid('apiVersion not set')
    if (!object.kind) throw invalid('kind not set')
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (!resource) {
      throw new Refused(`error: resource mapping not found for name: "${object.metadata?.name ?? ''}" namespace: "${object.metadata?.namespace ?? ''}" from "${file}": no matches for kind "${object.kind}" in version "${object.apiVersion}"\nensure CRDs are installed first`)
    }
    mustBeKept(resource)
    out.push({ file, object: { ...object, metadata: object.metadata ?? { name: '' } } as ApiObject, resource })
  }
  return out
}
