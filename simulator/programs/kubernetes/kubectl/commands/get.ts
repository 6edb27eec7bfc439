/** kubectl get: tables, `-o wide|yaml|json|name|jsonpath=…`, `-A`, `-l`, `-w`, `--field-selector`, `--show-labels`. */
import type { Run } from '../../../../kernel/run'
import { type ApiObject, type Resource, resourceNamed } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, type Context, Refused } from '../command'
import { jsonPath, toJson, toYaml } from '../output'
import { PRINTERS } from '../printers'
import { table } from '../table'
import { serverError } from '../errors'

export default command({
  flags: [
    { name: 'output', short: 'o', type: 'string' }, { name: 'all-namespaces', short: 'A', type: 'bool' }, { name: 'selector', short: 'l', type: 'string' },
    { name: 'field-selector', type: 'string' }, { name: 'show-labels', type: 'bool' }, { name: 'no-headers', type: 'bool' }, { name: 'watch', short: 'w', type: 'bool' },
    { name: 'sort-by', type: 'string' }, { name: 'ignore-not-found', type: 'bool' },
  ],
  *run(context) {
    const { flags, io } = context
    const [types, ...names] = flags.args
    if (!types) throw new Refused("You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples")
    const output = flags.text('output') ?? ''
    if (!/^(|wide|yaml|json|name|jsonpath=.*)$/s.test(output)) {
      throw new Refused(`error: unable to match a printer suitable for the output format "${output}", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml`)
    }
    const wanted = wantedOf(types, names)
    let code = 0
    const found: { resource: Resource; objects: ApiObject[]; single: boolean; version: number }[] = []
    for (const { resource, name } of wanted) {
      if (name === undefined) {
        const { items, resourceVersion } = yield* context.api((api) => api.list(resource, flags.is('all-namespaces') || !resource.namespaced ? undefined : context.namespace))
        found.push({ resource, objects: items.filter((o) => selected(o, flags.text('selector'), flags.text('field-selector'))), single: false, version: resourceVersion })
        continue
      }
      try {
        found.push({ resource, objects: [yield* context.api((api) => api.get(resource, context.namespace, name))], single: true, version: 0 })
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        if (flags.is('ignore-not-found') && error.reason === 'NotFound') continue
        io.err(serverError(error))
        code = 1
      }
    }
    const objects = found.flatMap((f) => sortedBy(f.objects, flags.text('sort-by')))
    if (output === 'yaml' || output === 'json' || output.startsWith('jsonpath=')) {
      const value = objects.length === 1 && found[0]?.single ? objects[0] : { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }
      if (code !== 0 && objects.length === 0) return code
      if (output === 'yaml') io.out(toYaml(value))
      else if (output === 'json') io.out(toJson(value))
      else {
        const text = jsonPath(output.slice('jsonpath='.length), value)
        if (text === undefined) throw new Refused('kubectl: this jsonpath is not simulated in this lab')
        io.out(text)
      }
      return code
    }
    if (objects.length === 0) {
      if (code === 0 && !flags.is('ignore-not-found')) io.err(wanted.every((w) => w.resource.namespaced) && !flags.is('all-namespaces') ? `No resources found in ${context.namespace} namespace.\n` : 'No resources found\n')
    } else if (output === 'name') for (const o of objects) io.out(`${o.kind.toLowerCase()}/${o.metadata.name}\n`)
    else for (const group of found) io.out(render(context, group.resource, sortedBy(group.objects, flags.text('sort-by')), wanted.length > 1 ? 'with-kind' : 'plain'))
    if (flags.is('watch') && found[0]) yield* watch(context, found[0].resource, found[0].version, names[0])
    return code
  },
})

function wantedOf(types: string, names: readonly string[]): { resource: Resource; name: string | undefined }[] {
  const named = (text: string): Resource => {
    const resource = resourceNamed(text)
    if (!resource) throw new Refused(`error: the server doesn't have a resource type "${text}"`)
    return resource
  }
  if (types.includes('/')) {
    return [types, ...names].map((pair) => {
      const [type = '', name = '', ...more] = pair.split('/')
      if (more.length > 0) throw new Refused('error: arguments in resource/name form may not have more than one slash')
      return { resource: named(type), name }
    })
  }
  const resources = (types === 'all' ? 'pods,services' : types).split(',').map(named)
  return names.length === 0 ? resources.map((resource) => ({ resource, name: undefined })) : resources.flatMap((resource) => names.map((name) => ({ resource, name })))
}

function selected(object: ApiObject, labels: string | undefined, fields: string | undefined): boolean {
  const own = object.metadata.labels ?? {}
  for (const term of (labels ?? '').split(',').filter(Boolean)) {
    const not = /^([^!=]+)!=(.*)$/.exec(term)
    const is = /^([^!=]+)==?(.*)$/.exec(term)
    if (not ? own[not[1] ?? ''] === not[2] : is ? own[is[1] ?? ''] !== is[2] : !(term in own)) return false
  }
  for (const term of (fields ?? '').split(',').filter(Boolean)) {
    const match = /^([^!=]+)(!?=)=?(.*)$/.exec(term)
    if (!match) continue
    const value = (match[1] ?? '').split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined), object)
    if ((String(value ?? '') === match[3]) !== (match[2] === '=')) return false
  }
  return true
}

function sortedBy(objects: readonly ApiObject[], path: string | undefined): ApiObject[] {
  if (!path) return [...objects]
  const key = (o: ApiObject): string => jsonPath(path.startsWith('{') ? path : `{${path.startsWith('.') ? '' : '.'}${path}}`, o) ?? ''
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

function render(context: Context, resource: Resource, objects: readonly ApiObject[], names: 'plain' | 'with-kind', widths?: 'no-header'): string {
  const printer = PRINTERS[resource.kind]
  if (!printer || objects.length === 0) return ''
  const { flags, io } = context
  const wide = flags.text('output') === 'wide'
  const everywhere = flags.is('all-namespaces') && resource.namespaced
  const now = io.sys.now().sec
  const header = [...(everywhere ? ['NAMESPACE'] : []), ...printer.columns, ...(wide ? printer.wide : []), ...(flags.is('show-labels') ? ['LABELS'] : [])]
  const rows = objects.map((object) => {
    const { cells, wide: more } = printer.row(object, now)
    const labels = Object.entries(object.metadata.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${k}=${v}`).join(',')
    const named = names === 'with-kind' ? [`${resource.singular}/${cells[0]}`, ...cells.slice(1)] : cells
    return [...(everywhere ? [object.metadata.namespace ?? ''] : []), ...named, ...(wide ? more : []), ...(flags.is('show-labels') ? [labels || '<none>'] : [])]
  })
  return table(flags.is('no-headers') || widths === 'no-header' ? rows : [header, ...rows])
}

function* watch(context: Context, resource: Resource, from: number, name: string | undefined): Run {
  let version = from
  for (;;) {
    yield* context.io.flush()
    const changes = yield* context.api((api) => api.watch(version))
    for (const change of changes) {
      version = change.resourceVersion
      const { object } = change
      if (change.resource !== resource || (name && object.metadata.name !== name)) continue
      if (resource.namespaced && !context.flags.is('all-namespaces') && object.metadata.namespace !== context.namespace) continue
      if (selected(object, context.flags.text('selector'), context.flags.text('field-selector'))) context.io.out(render(context, resource, [object], 'plain', 'no-header'))
    }
  }
}
