/** Nodes that words name, and whether pods may be placed on them (kubectl/pkg/drain/cordon.go). */
import type { Run } from '../../../kernel/run'
import type { ApiObject, NodeObject } from '../../../kubernetes/api/objects'
import { nodes } from '../../../kubernetes/api/server'
import { type Context, Refused } from './command'
import { dryRunOf } from './dry-run'
import { eachFound, type Target } from './targets'

export const isNode = (object: ApiObject): object is NodeObject => object.kind === 'Node'

/** The nodes named, or those of `--selector`. */
export function nodesNamed(context: Context, verb: string): Target[] {
  const { flags, namespace } = context
  const isSelected = flags.text('selector') !== undefined
  if (flags.args.length === 0 && !isSelected) throw context.misused(`USAGE: ${verb} NODE [flags]`)
  if (flags.args.length > 0 && isSelected) throw new Refused('error: error: cannot specify both a node name and a --selector option')
  return isSelected ? [{ resource: nodes(), name: undefined, namespace }] : flags.args.map((name) => ({ resource: nodes(), name: name.replace(/^(?:nodes?|no)\//, ''), namespace }))
}

/** Says what became of each; its value is the status. */
export function* setSchedulable(context: Context, targets: readonly Target[], wanted: 'cordoned' | 'uncordoned'): Run<number> {
  const isDry = dryRunOf(context) === 'client'
  return yield* eachFound(context, targets, function* ({ resource, object }) {
    if (!isNode(object)) return
    const { unschedulable = false, taints = [], ...spec } = object.spec
    const isThere = unschedulable === (wanted === 'cordoned')
    // The taint is the node lifecycle controller's.
    const others = taints.filter((taint) => taint.key !== UNSCHEDULABLE)
    const next: NodeObject = {
      ...object, spec: wanted === 'cordoned' ? { ...spec, taints: [...others, { key: UNSCHEDULABLE, effect: 'NoSchedule' }], unschedulable: true } : { ...spec, ...(others.length > 0 ? { taints: others } : {}) },
    }
    if (!isThere && !isDry) yield* context.api((api) => api.update(resource, next))
    context.io.out(`node/${object.metadata.name} ${isThere ? 'already ' : ''}${wanted}${isDry ? ' (dry run)' : ''}\n`)
    yield* context.io.flush()
  })
}

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
