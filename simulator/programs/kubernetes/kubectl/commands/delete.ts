/** kubectl delete: by name, by file, `--all`, `-l`; waits until the objects are gone unless `--wait=false`. */
import { qualified, type Resource } from '../../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import type { Run } from '../../../../kernel/run'
import { command, type Context, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { named } from '../kinds'
import { eachFound, type Found, mustBeNamed, targetsOf } from '../targets'

const POLL_NS = 200_000_000

/** cmdutil's warnings begin so from 1.22 on. */
const NEWER_WORDS = 22
const AT_ONCE = 'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.'

export default command({
  flags: ['filename', 'all', 'all-namespaces', 'selector', 'field-selector', 'force', 'grace-period', 'now', 'wait', 'ignore-not-found', 'output', 'timeout', 'cascade', 'dry-run', 'recursive'],
  *run(context) {
    const { flags, io, release } = context
    const output = flags.text('output') ?? ''
    if (!['', 'name'].includes(output)) throw new Refused(`error: unexpected -o output mode: ${output}. We only support '-o name'`)
    const targets = yield* targetsOf(context, flags.args)
    mustBeNamed(context, targets)
    const strategy = dryRunOf(context)
    const grace = graceOf(context)
    if (grace === 0 && flags.is('force')) io.err(`${release.minor < NEWER_WORDS ? 'w' : 'W'}arning: ${AT_ONCE}\n`)
    const gone: Found[] = []
    let count = 0
    const code = yield* eachFound(context, targets, function* ({ resource, object }) {
      const { name, namespace } = object.metadata
      const deleted = strategy === 'client' ? object : yield* context.api((api) => api.delete(resource, namespace, name, grace === undefined ? {} : { gracePeriodSeconds: grace }))
      count++
      io.out(output === 'name' ? `${named(resource, name)}\n` : `${qualified(resource, resource.singular)} "${name}" ${flags.is('force') ? 'force deleted' : 'deleted'}${strategy === 'client' ? ' (dry run)' : ''}\n`)
      gone.push({ resource, object: deleted })
      yield* io.flush()
    }, flags.is('ignore-not-found') || flags.is('all') ? 'passes' : 'fails')
    if (count === 0 && code === 0) io.out('No resources found\n')
    if (flags.is('wait') && strategy === 'none' && !(grace === 0 && flags.is('force'))) for (const { resource, object } of gone) yield* untilGone(context, resource, object)
    return code
  },
})

/** Seconds that pods are left; none where the pod's own hold. Without --force the least is one. */
function graceOf({ flags }: Context): number | undefined {
  const given = flags.number('grace-period')
  if (flags.is('now')) {
    if (given !== -1) throw new Refused('error: --now and --grace-period cannot be specified together')
    return 1
  }
  if (given === 0 && !flags.is('force')) return 1
  if (given > 0 && flags.is('force')) throw new Refused('error: --force and --grace-period greater than 0 cannot be specified together')
  return flags.is('force') && given < 0 ? 0 : given < 0 ? undefined : given
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
