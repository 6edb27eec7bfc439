/** kubectl taint (pkg/cmd/taint): `KEY=VALUE:EFFECT`, `KEY:EFFECT`, and with a dash behind to remove them. */
import type { NodeObject } from '../../../../kubernetes/api/objects'
import { command, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { isNode } from '../nodes'
import { eachFound, mustBeNamed, targetsNamed } from '../targets'

type Taint = NonNullable<NodeObject['spec']['taints']>[number]
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

const sameAs = (a: Taint) => (b: Taint): boolean => a.key === b.key && (a.effect === '' || a.effect === b.effect)
const shown = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`

function taintOf(word: string): Taint {
  const [, key = '', value, effect = ''] = /^([^=:]*)(?:=([^:]*))?(?::(.*))?$/.exec(word) ?? []
  if (key === '' || word.split(':').length > 2) throw new Refused(`error: invalid taint spec: ${word}`)
  if (effect !== '' && !EFFECTS.includes(effect)) throw new Refused(`error: invalid taint effect: ${effect}, unsupported taint effect`)
  return { key, ...(value ? { value } : {}), effect }
}

export default command({
  flags: ['all', 'selector', 'overwrite', 'dry-run'],
  *run(context) {
    const { flags } = context
    const isChange = (word: string): boolean => word.includes('=') || word.includes(':') || word.endsWith('-')
    const first = flags.args.findIndex(isChange)
    const words = first < 0 ? flags.args : flags.args.slice(0, first)
    const changes = first < 0 ? [] : flags.args.slice(first)
    const stray = changes.find((word) => !isChange(word))
    if (stray !== undefined) throw new Refused(`error: all resources must be specified before taint changes: ${stray}`)
    if (words.length === 0) throw new Refused('error: one or more resources must be specified as <resource> <name>')
    if (changes.length === 0) throw new Refused('error: at least one taint update is required')
    const added = changes.filter((word) => !word.endsWith('-')).map(taintOf)
    const bare = added.find(({ effect }) => effect === '')
    if (bare) throw new Refused(`error: invalid taint spec: ${changes.find((word) => !word.endsWith('-'))}`)
    const removed = changes.filter((word) => word.endsWith('-')).map((word) => taintOf(word.slice(0, -1)))
    const targets = targetsNamed(context, words)
    mustBeNamed(context, targets)
    const other = targets.find(({ resource }) => resource.kind !== 'Node')
    if (other) throw new Refused(`error: invalid resource type ${other.resource.kind}, only node types are supported`)
    const isDry = dryRunOf(context) === 'client'
    return yield* eachFound(context, targets, function* ({ resource, object }) {
      if (!isNode(object)) return
      const { taints: old = [], ...spec } = object.spec
      if (!flags.is('overwrite') && added.some((taint) => old.some(sameAs(taint)))) throw new Refused(`error: node ${object.metadata.name} already has ${[...new Set(added.map(({ key }) => key))].sort().join(',')} taint(s) with same effect(s) and --overwrite is false`)
      const missing = removed.filter((taint) => !old.some(sameAs(taint)))
      if (missing.length > 0) throw new Refused(`error: ${missing.length === 1 ? '' : '['}${missing.map((taint) => `taint "${shown(taint)}" not found`).join(', ')}${missing.length === 1 ? '' : ']'}`)
      const kept = old.filter((taint) => !removed.some((each) => sameAs(each)(taint)) && !added.some((each) => sameAs(each)(taint)))
      const taints = [...added, ...kept]
      const next: NodeObject = { ...object, spec: { ...spec, ...(taints.length > 0 ? { taints } : {}) } }
      if (!isDry) yield* context.api((api) => api.update(resource, next))
      context.io.out(`node/${object.metadata.name} ${added.length === 0 ? 'untainted' : removed.length === 0 ? (old.some((taint) => added.some((each) => sameAs(each)(taint))) ? 'modified' : 'tainted') : 'modified'}${isDry ? ' (dry run)' : ''}\n`)
      yield* context.io.flush()
    })
  },
})
