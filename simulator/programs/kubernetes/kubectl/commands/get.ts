/** kubectl get: tables and other formats, of all of a kind or by name, in one namespace or all; `-w` shows what changes. */
import { isErrno } from '../../../../kernel/errno'
import type { Run } from '../../../../kernel/run'
import type { Resource } from '../../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { parseDuration } from '../../../go/duration'
import { command, type Context, Refused } from '../command'
import { serverError } from '../errors'
import { formatOf, nameOf, printFormatted, relaxed } from '../formats'
import { shown, valuesAt } from '../jsonpath'
import { asTold } from '../managed'
import { PRINTERS } from '../printers'
import { getRaw } from '../raw'
import { matchesFields, matchesLabels } from '../selectors'
import { WidthTable } from '../table'
import { listed, objectNamed, targetsOf } from '../targets'

interface Group {
  readonly resource: Resource
  readonly objects: ApiObject[]
  readonly version: number
}

export default command({
  flags: ['output', 'all-namespaces', 'selector', 'filename', 'field-selector', 'show-labels', 'no-headers', 'watch', 'watch-only', 'sort-by', 'ignore-not-found', 'show-kind', 'label-columns', 'raw', 'show-managed-fields'],
  *run(context) {
    const { flags, io, release } = context
    const format = formatOf(flags.text('output') ?? '')
    if (flags.text('raw') !== undefined) return yield* getRaw(context, flags.text('raw') ?? '')
    if (flags.args.length === 0 && flags.all('filename').length === 0) throw new Refused(NO_TYPE)
    let told = ''
    const wanted = yield* targetsOf(context, flags.args)
    if (wanted.some(({ resource }) => resource.kind === 'ComponentStatus')) told += OLD_KIND
    let code = 0
    const groups: Group[] = []
    const put = (resource: Resource, objects: readonly ApiObject[], version: number): void => {
      const last = groups.at(-1)
      if (last && last.resource === resource) last.objects.push(...objects)
      else groups.push({ resource, objects: [...objects], version })
    }
    for (const target of wanted) {
      const { resource, name, namespace } = target
      try {
        if (name !== undefined) put(resource, [yield* objectNamed(context, resource, namespace, name)], 0)
        else {
          const { objects, version } = yield* listed(context, target)
          put(resource, objects, version)
        }
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        if (flags.is('ignore-not-found') && error.reason === 'NotFound') continue
        told += serverError(error)
        code = 1
      }
    }
    const sortKey = flags.text('sort-by')
    const sorted = groups.map((group) => ({ ...group, objects: sortKey === undefined ? group.objects : sortedBy(group.objects, relaxed(sortKey)) }))
    const printed = sorted.flatMap(({ resource, objects }) => objects.map((object) => ({ resource, object })))
    const isTable = format.name === '' || format.name === 'wide'
    const widths = new WidthTable()
    if (flags.is('watch-only')) yield* io.flush()
    else if (!isTable) {
      if (code === 0 || printed.length > 0) io.out(printFormatted(format, yield* asTold(context, format, printed), wanted.length === 1 && wanted[0]?.name !== undefined ? 'one' : release.minor < LINKS_BEFORE ? 'linked list' : 'list', flags.is('no-headers') ? 'no-headers' : 'headers'))
    } else if (printed.length > 0) {
      const filled = sorted.filter(({ objects }) => objects.length > 0)
      const kinds = flags.is('show-kind') || new Set(wanted.map((w) => w.resource)).size > 1 ? 'with-kind' : 'plain'
      const server = yield* context.api(function* (api) {
        return api.version
      })
      for (const [i, { resource, objects }] of filled.entries()) io.out((i === 0 ? '' : '\n') + render(context, { resource, objects, kinds, server, header: 'header' }, i === 0 ? widths : new WidthTable()))
    } else if (code === 0 && !flags.is('ignore-not-found')) {
      const everywhere = flags.is('all-namespaces') || wanted.every((w) => !w.resource.namespaced)
      io.err(everywhere ? 'No resources found\n' : `No resources found in ${context.namespace} namespace.\n`)
    }
    io.err(told)
    if ((flags.is('watch') || flags.is('watch-only')) && sorted[0]) yield* watch(context, sorted[0].resource, sorted[0].version, wanted[0]?.name, widths)
    return code
  },
})

const isSelected = ({ flags }: Context, object: ApiObject): boolean => matchesLabels(object.metadata.labels ?? {}, flags.text('selector') ?? '') && matchesFields(object, flags.text('field-selector') ?? '')

const OLD_KIND = 'Warning: v1 ComponentStatus is deprecated in v1.19+\n'
const LINKS_BEFORE = 24
const NO_TYPE =
  'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples'

function sortedBy(objects: readonly ApiObject[], path: string): ApiObject[] {
  const key = (o: ApiObject): string => valuesAt(path, o).map(shown).join(' ')
  // A field that none of them has leaves nothing to print (TableSorter's error is not told).
  if (objects.every((object) => valuesAt(path, object).length === 0)) return []
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

interface Rendered {
  readonly resource: Resource
  readonly objects: readonly ApiObject[]
  readonly kinds: 'plain' | 'with-kind'
  readonly server: string
  readonly header: 'header' | 'none'
}

function render(context: Context, { resource, objects, kinds, server, header }: Rendered, widths: WidthTable): string {
  const printer = PRINTERS[resource.kind]
  if (!printer) throw new Refused(`kubectl: get ${resource.plural}: not simulated in this lab`)
  const { flags, io } = context
  const isWide = flags.text('output') === 'wide'
  const isEverywhere = flags.is('all-namespaces') && resource.namespaced
  const labelColumns = flags.all('label-columns').flatMap((text) => text.split(','))
  const now = io.sys.now().sec
  const head = [
    ...(isEverywhere ? ['NAMESPACE'] : []), ...printer.columns, ...(isWide ? printer.wide : []), ...labelColumns.map((name) => name.slice(name.lastIndexOf('/') + 1).toUpperCase()),
    ...(flags.is('show-labels') ? ['LABELS'] : []),
  ]
  const rows = objects.map((object) => {
    const { cells, wide } = printer.row(object, now, server)
    const labels = object.metadata.labels ?? {}
    const all = Object.keys(labels).sort().map((k) => `${k}=${labels[k] ?? ''}`).join(',')
    const own = kinds === 'with-kind' ? [nameOf({ resource, object }), ...cells.slice(1)] : cells
    return [...(isEverywhere ? [object.metadata.namespace ?? ''] : []), ...own, ...(isWide ? wide : []), ...labelColumns.map((name) => labels[name] ?? ''), ...(flags.is('show-labels') ? [all || '<none>'] : [])]
  })
  return widths.print(header === 'none' || flags.is('no-headers') ? rows : [head, ...rows])
}

/** Prints each change until it is interrupted; a time limit of the request ends it too. */
function* watch(context: Context, resource: Resource, from: number, name: string | undefined, widths: WidthTable): Run {
  const { flags, io } = context
  const limit = parseDuration(flags.text('request-timeout') ?? '0') ?? 0
  const until = limit > 0 ? io.sys.monotonic() + limit : Number.POSITIVE_INFINITY
  const format = formatOf(flags.text('output') ?? '')
  const server = yield* context.api(function* (api) {
    return api.version
  })
  let version = from
  if (limit > 0) io.sys.go(endAt(context, until))
  for (;;) {
    yield* io.flush()
    const last = version
    const changes = yield* context.api((api) => api.watch(last, (change) => change.resource === resource))
    for (const { object, resource: changed, resourceVersion } of changes) {
      version = resourceVersion
      if (changed !== resource || (name && object.metadata.name !== name)) continue
      if (resource.namespaced && !flags.is('all-namespaces') && object.metadata.namespace !== context.namespace) continue
      if (!isSelected(context, object)) continue
      if (format.name === '' || format.name === 'wide') io.out(render(context, { resource, objects: [object], kinds: flags.is('show-kind') ? 'with-kind' : 'plain', server, header: 'none' }, widths))
      else io.out(printFormatted(format, yield* asTold(context, format, [{ resource, object }]), 'one', 'no-headers'))
    }
  }
}

function* endAt({ io }: Context, until: number): Run {
  try {
    yield* io.sys.sleep(until - io.sys.monotonic())
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  io.sys.exit(0)
}
