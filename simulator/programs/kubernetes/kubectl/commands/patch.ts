/** kubectl patch (pkg/cmd/patch; RFC 7386 merge, RFC 6902 JSON patch, strategic merges by the lists' keys). */
import { parse } from 'yaml'
import type { ApiObject, Container, Json, Pod } from '../../../../kubernetes/api/objects'
import { isPod } from '../../../../kubernetes/api/server'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { invalid } from '../../../../kubernetes/api/validation'
import { sorted } from '../../../go/json'
import { command, type Context, Refused } from '../command'
import { dryRunOf } from '../dry-run'
import { named } from '../kinds'
import { type Fields, isFields, merged, strategic } from '../merge'
import { objectsNamed } from '../targets'

const TYPES = ['json', 'merge', 'strategic']

export default command({
  flags: ['patch', 'type', 'dry-run', 'filename'],
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
    const isDry = dryRunOf(context) === 'client'
    for (const { resource, object } of yield* objectsNamed(context, flags.args)) {
      if (type !== 'json' && !isFields(patch)) throw new ApiStatus('BadRequest', `json: cannot unmarshal ${typeof patch} into Go value of type map[string]interface {}`)
      const fields = isFields(patch) ? patch : {}
      const next = type === 'json' ? steps({ ...object }, patch, invalidRequest(context)) : type === 'merge' ? merged({ ...object }, fields) : strategic({ ...object }, fields)
      const { metadata, ...others } = next
      if (!isFields(metadata)) return refused(context, 'metadata')
      const updated: ApiObject = { ...object, ...others, kind: object.kind, apiVersion: object.apiVersion, metadata: { ...object.metadata, labels: texts(metadata.labels), annotations: texts(metadata.annotations) } }
      const before: ApiObject = { ...object, metadata: { ...object.metadata, labels: object.metadata.labels ?? {}, annotations: object.metadata.annotations ?? {} } }
      const isSame = JSON.stringify(before) === JSON.stringify(updated)
      if (isPod(object) && isPod(updated) && !mayBecome(object, updated)) return refused(context, 'a pod beyond its images')
      if (!isSame && !isDry) yield* context.api((api) => api.update(resource, updated))
      io.out(`${named(resource, object.metadata.name)} patched${isSame ? ' (no change)' : ''}${isDry ? ' (dry run)' : ''}\n`)
    }
  },
})

function refused({ io }: Context, what: string): number {
  io.err(`kubectl patch: not simulated in this lab: ${what}\n`)
  return 125
}

/** A pod's images may change, its containers not in number (ValidatePodUpdate); what else is changed is told in a text that the lab does not have. */
function mayBecome(old: Pod, next: Pod): boolean {
  for (const list of ['containers', 'initContainers'] as const) {
    if ((old.spec[list] ?? []).length !== (next.spec[list] ?? []).length) throw invalid('Pod', old.metadata.name, [`spec.${list}: Forbidden: pod updates may not add or remove containers`])
  }
  const imageless = ({ spec }: Pod): string => {
    const bare = (all: Container[] = []): unknown[] => all.map(({ image: _, ...rest }) => rest)
    return JSON.stringify(sorted({ ...spec, containers: bare(spec.containers), initContainers: bare(spec.initContainers) }))
  }
  return imageless(old) === imageless(next)
}

const texts = (value: Json | undefined): Record<string, string> => (isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {})

/** From here on a client tells the server's message, where there are no causes. */
const TELLS_MORE = 22

const invalidRequest = ({ release }: Context) => (): never => {
  throw new Refused(`The request is invalid${release.minor < TELLS_MORE ? '' : ': the server rejected our request due to an error in our request'}`)
}

function steps(target: object, patch: unknown, refuse: () => never): Fields {
  let out: Json | undefined = { ...target }
  for (const step of Array.isArray(patch) ? patch : refuse()) {
    if (!isFields(step) || typeof step.path !== 'string' || (step.op !== 'add' && step.op !== 'replace' && step.op !== 'remove')) return refuse()
    const keys = step.path.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    out = stepped(out, keys, { op: step.op, value: step.value ?? null }, refuse)
  }
  return isFields(out) ? out : refuse()
}

interface Step {
  readonly op: 'add' | 'replace' | 'remove'
  readonly value: Json
}

function stepped(at: Json | undefined, [key = '', ...deeper]: readonly string[], step: Step, refuse: () => never): Json {
  if (Array.isArray(at)) {
    const index = key === '-' ? at.length : Number(key)
    const last = step.op === 'add' && deeper.length === 0 ? at.length : at.length - 1
    if (!Number.isInteger(index) || index < 0 || index > last) return refuse()
    if (deeper.length > 0) return at.with(index, stepped(at[index], deeper, step, refuse))
    return step.op === 'add' ? at.toSpliced(index, 0, step.value) : step.op === 'remove' ? at.toSpliced(index, 1) : at.with(index, step.value)
  }
  if (!isFields(at)) return refuse()
  if (deeper.length > 0) return { ...at, [key]: stepped(at[key], deeper, step, refuse) }
  if (step.op !== 'add' && !(key in at)) return refuse()
  const { [key]: _, ...others } = at
  return step.op === 'remove' ? others : { ...at, [key]: step.value }
}
