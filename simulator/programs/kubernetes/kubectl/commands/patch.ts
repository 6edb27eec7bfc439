/** kubectl patch: of an object's metadata; a patch that changes more is not simulated (pkg/cmd/patch; RFC 7386 merge, RFC 6902 JSON patch). */
import { parse } from 'yaml'
import type { ApiObject, Json } from '../../../../kubernetes/api/objects'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, type Context, Refused } from '../command'
import { named } from '../kinds'
import { type Fields, isFields, merged } from '../merge'
import { objectsNamed } from '../targets'

const TYPES = ['json', 'merge', 'strategic']
export default command({
  flags: ['patch', 'type', 'dry-run'],
  *run(context) {
    const { flags, io } = context
    const type = flags.text('type') ?? 'strategic'
    if (!TYPES.includes(type)) throw new Refused(`error: --type must be one of [${TYPES.join(' ')}], not "${type}"`)
    const text = flags.text('patch') ?? ''
    if (text === '') throw new Refused('error: must specify --patch or --patch-file containing the contents of the patch')
    let patch: unknown
    try {
      patch = parse(text)
    } catch (error) {
      throw new Refused(`error: unable to parse "${text}": ${error instanceof Error ? error.message : ''}`)
    }
    for (const { resource, object } of yield* objectsNamed(context, flags.args)) {
      if (type !== 'json' && !isFields(patch)) throw new ApiStatus('BadRequest', `json: cannot unmarshal ${typeof patch} into Go value of type map[string]interface {}`)
      const next = type === 'json' ? steps({ ...object }, patch, invalidRequest(context)) : merged({ ...object }, isFields(patch) ? patch : {})
      const { metadata: _old, ...rest } = object
      const { metadata, ...others } = next
      if (JSON.stringify(rest) !== JSON.stringify(others) || !isFields(metadata)) {
        io.err('kubectl patch: not simulated in this lab beyond metadata\n')
        return 125
      }
      const isSame = JSON.stringify(object.metadata) === JSON.stringify(metadata)
      const updated: ApiObject = { ...object, metadata: { ...object.metadata, labels: texts(metadata.labels), annotations: texts(metadata.annotations) } }
      if (!isSame && !flags.text('dry-run')) yield* context.api((api) => api.update(resource, updated))
      io.out(`${named(resource, object.metadata.name)} patched${isSame ? ' (no change)' : ''}\n`)
    }
  },
})

const texts = (value: Json | undefined): Record<string, string> => (isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {})

/** From here on a client tells the server's message, where there are no causes. */
const TELLS_MORE = 22

const invalidRequest = ({ release }: Context) => (): never => {
  throw new Refused(`The request is invalid${release.minor < TELLS_MORE ? '' : ': the server rejected our request due to an error in our request'}`)
}

function steps(target: object, patch: unknown, refuse: () => never): Fields {
  let out: Fields = { ...target }
  for (const step of Array.isArray(patch) ? patch : refuse()) {
    if (!isFields(step) || typeof step.path !== 'string') return refuse()
    const keys = step.path.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = keys.pop() ?? ''
    const isThere = isFields(keys.reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), out))
    const holder = keys.reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), out)
    if (!isThere || !isFields(holder)) return refuse()
    if (step.op !== 'add' && !(last in holder)) return refuse()
    if (step.op !== 'add' && step.op !== 'replace' && step.op !== 'remove') return refuse()
    const change: Fields = { [last]: step.op === 'remove' ? null : step.value }
    out = merged(out, keys.reduceRight<Fields>((inner, key) => ({ [key]: inner }), change))
  }
  return out
}
