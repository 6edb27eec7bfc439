/** kubectl api-resources (pkg/cmd/apiresources/apiresources.go). */
import { groupOf, qualified, type Resource, resourcesOf } from '../../../../kubernetes/api/kinds'
import { command, Refused } from '../command'
import { table } from '../table'

const EVERY = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
/** Kinds that cannot do all that others can. */
const FEWER: Readonly<Record<string, readonly string[]>> = {
  bindings: ['create'], componentstatuses: ['get', 'list'], namespaces: EVERY.filter((verb) => verb !== 'deletecollection'), services: EVERY.filter((verb) => verb !== 'deletecollection'),
  tokenreviews: ['create'], localsubjectaccessreviews: ['create'], selfsubjectaccessreviews: ['create'], selfsubjectrulesreviews: ['create'], subjectaccessreviews: ['create'],
}
const verbsOf = ({ plural }: Resource): readonly string[] => FEWER[plural] ?? EVERY
/** Categories of kinds (kubectl get all), told from 1.23 on. */
const CATEGORIES: Readonly<Record<string, string>> = Object.fromEntries([
  ...['pods', 'replicationcontrollers', 'services', 'daemonsets', 'deployments', 'replicasets', 'statefulsets', 'horizontalpodautoscalers', 'cronjobs', 'jobs'].map((plural) => [plural, 'all']),
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'customresourcedefinitions', 'apiservices'].map((plural) => [plural, 'api-extensions']),
])
const TELLS_CATEGORIES = 23

export default command({
  flags: ['api-group', 'cached', 'namespaced', 'no-headers', 'output', 'sort-by', 'verbs', 'categories'],
  *run(context) {
    const { io, flags, release } = context
    if (flags.args.length > 0) throw context.misused(`unexpected arguments: [${flags.args.join(' ')}]`)
    const output = flags.text('output') ?? ''
    if (!['', 'wide', 'name'].includes(output)) throw context.misused(`--output ${output} is not available`)
    const sort = flags.text('sort-by') ?? ''
    if (!['', 'name', 'kind'].includes(sort)) throw new Refused('error: --sort-by accepts only name or kind')
    const server = yield* context.api(function* (api) {
      return api.version
    })
    const split = (name: string): string[] => flags.all(name).flatMap((text) => text.split(','))
    const [group, namespaced] = [flags.text('api-group'), flags.text('namespaced')]
    const all = resourcesOf(Number(server.split('.')[1])).filter(
      (r) =>
        (group === undefined || groupOf(r) === group) && (namespaced === undefined || r.namespaced === (namespaced === 'true')) && split('verbs').every((verb) => verbsOf(r).includes(verb)) &&
        split('categories').every((category) => CATEGORIES[r.plural] === category),
    )
    const key = (r: Resource): string => (sort === 'kind' ? r.kind : r.plural)
    all.sort((a, b) => (sort === '' && groupOf(a) !== groupOf(b) ? (groupOf(a) < groupOf(b) ? -1 : 1) : key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    if (output === 'name') return io.out(all.map((r) => `${qualified(r)}\n`).join(''))
    const isWide = output === 'wide'
    const tells = release.minor >= TELLS_CATEGORIES
    const verbs = (r: Resource): string => (tells ? verbsOf(r).join(',') : `[${verbsOf(r).join(' ')}]`)
    const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS', ...(tells ? ['CATEGORIES'] : [])] : [])]
    const rows = all.map((r) => [r.plural, r.shortNames.join(','), r.apiVersion, String(r.namespaced), r.kind, ...(isWide ? [verbs(r), ...(tells ? [CATEGORIES[r.plural] ?? ''] : [])] : [])])
    io.out(table(flags.is('no-headers') ? rows : [head, ...rows]))
  },
})
