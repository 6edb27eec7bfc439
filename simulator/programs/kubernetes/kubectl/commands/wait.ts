/** kubectl wait: until objects have a condition or are gone (pkg/cmd/wait/wait.go of 1.27; `--for=jsonpath` is not simulated). */
import type { ApiObject, Condition } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import type { Run } from '../../../../kernel/run'
import { parseDuration } from '../../../go/duration'
import { command, type Context, Refused } from '../command'
import { named } from '../kinds'
import { type Found, objectsNamed } from '../targets'

const POLL_NS = 200_000_000
const WEEK = '168h'

export default command({
  flags: ['for', 'timeout', 'all', 'selector'],
  *run(context) {
    const { flags, io } = context
    const wanted = flags.text('for') ?? ''
    if (wanted.startsWith('jsonpath=')) {
      io.err('kubectl wait --for=jsonpath: not simulated in this lab\n')
      return 125
    }
    const condition = /^condition=([^=]+)(?:=(.*))?$/.exec(wanted)
    if (!condition && wanted !== 'delete') throw new Refused(`error: unrecognized condition: "${wanted}"`)
    const timeout = parseDuration(flags.text('timeout') ?? '30s') ?? 0
    const until = io.sys.monotonic() + (timeout < 0 ? (parseDuration(WEEK) ?? 0) : timeout)
    let found: Found[]
    try {
      found = yield* objectsNamed(context, flags.args)
    } catch (error) {
      if (wanted === 'delete' && error instanceof ApiStatus && error.reason === 'NotFound') return
      throw error
    }
    if (found.length === 0) throw new Refused('error: no matching resources found')
    for (const each of found) {
      const isMet = (now: ApiObject | undefined): boolean =>
        condition ? now !== undefined && hasCondition(now, condition[1] ?? '', condition[2] ?? 'true') : now === undefined || now.metadata.uid !== each.object.metadata.uid
      const shown = named(each.resource, each.object.metadata.name)
      if (!(yield* untilMet(context, each, until, isMet))) throw new Refused(`error: timed out waiting for the condition on ${each.resource.plural}/${each.object.metadata.name}`)
      io.out(`${shown} condition met\n`)
      yield* io.flush()
    }
  },
})

function hasCondition(object: ApiObject & { readonly status?: { readonly conditions?: readonly Condition[] } }, type: string, value: string): boolean {
  return object.status?.conditions?.some((c) => c.type.toLowerCase() === type.toLowerCase() && c.status.toLowerCase() === value.toLowerCase()) ?? false
}

function* untilMet(context: Context, { resource, object }: Found, until: number, isMet: (now: ApiObject | undefined) => boolean): Run<boolean> {
  const { sys } = context.io
  for (;;) {
    let now: ApiObject | undefined
    try {
      now = yield* context.api((api) => api.get(resource, object.metadata.namespace, object.metadata.name))
    } catch (error) {
      if (!(error instanceof ApiStatus) || error.reason !== 'NotFound') throw error
    }
    if (isMet(now)) return true
    if (sys.monotonic() >= until) return false
    yield* sys.sleep(Math.min(POLL_NS, Math.max(1, until - sys.monotonic())))
  }
}
