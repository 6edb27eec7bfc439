/** What `kubectl label` and `kubectl annotate` share: words `KEY=VALUE` and `KEY-`, and the change of an object's map. */
import type { ApiObject } from '../../../kubernetes/api/objects'
import type { Run } from '../../../kernel/run'
import { type Context, Refused } from './command'
import type { FlagSpec } from './flags'
import { type Found, objectsNamed } from './targets'

export const METADATA_FLAGS: readonly FlagSpec[] = [
  { name: 'overwrite', type: 'bool' }, { name: 'all', type: 'bool' }, { name: 'selector', short: 'l', type: 'string' }, { name: 'list', type: 'bool' }, { name: 'dry-run', type: 'string', noValue: 'unchanged' },
]

export interface Change {
  readonly set: ReadonlyMap<string, string>
  readonly removed: readonly string[]
}

/** The words that name objects, and the change that the others ask for. */
export function splitWords(words: readonly string[]): { readonly targets: string[]; readonly change: Change } {
  const isChange = (word: string): boolean => word.includes('=') || word.endsWith('-')
  const set = new Map<string, string>()
  const removed: string[] = []
  for (const word of words.filter(isChange)) {
    const at = word.indexOf('=')
    if (at >= 0) set.set(word.slice(0, at), word.slice(at + 1))
    else removed.push(word.slice(0, -1))
  }
  for (const key of removed) if (set.has(key)) throw new Refused(`error: can not both modify and remove a label in the same command`)
  return { targets: words.filter((word) => !isChange(word)), change: { set, removed } }
}

type Field = 'labels' | 'annotations'

export interface Editing {
  readonly field: Field
  /** What one is called: `label`. */
  readonly one: string
  /** Words for keys that have another value already. */
  readonly taken: (taken: readonly (readonly [string, string])[]) => string
  /** What was done, for the line of each object. */
  readonly done: (how: 'changed' | 'removed' | 'unchanged') => string
}

export function* editMetadata(context: Context, editing: Editing): Run<number | void> {
  const { flags, io } = context
  const { targets, change } = splitWords(flags.args)
  if (targets.length === 0) throw new Refused(`error: one or more resources must be specified as <resource> <name> or <resource>/<name>`)
  if (change.set.size + change.removed.length === 0 && !flags.is('list')) throw new Refused(`error: at least one ${editing.one} update is required`)
  for (const found of yield* objectsNamed(context, targets)) {
    yield* edit(context, found, change, editing)
    yield* io.flush()
  }
}

function* edit(context: Context, { resource, object }: Found, change: Change, { field, one, taken, done }: Editing): Run {
  const { flags, io } = context
  const old = object.metadata[field] ?? {}
  const clash = [...change.set].flatMap(([key, value]): [string, string][] => (old[key] !== undefined && old[key] !== value ? [[key, old[key] ?? '']] : []))
  if (clash.length > 0 && !flags.is('overwrite')) throw new Refused(`error: ${taken(clash)}`)
  for (const key of change.removed) if (field === 'labels' && !(key in old)) io.out(`${one} "${key}" not found.\n`)
  const next = Object.fromEntries([...Object.entries(old).filter(([key]) => !change.removed.includes(key)), ...change.set])
  const isSame = JSON.stringify(Object.entries(old).sort()) === JSON.stringify(Object.entries(next).sort())
  if (flags.is('list')) {
    io.out(Object.keys(next).sort().map((key) => `${key}=${next[key]}\n`).join(''))
    if (change.set.size + change.removed.length === 0) return
  }
  const updated: ApiObject = { ...object, metadata: { ...object.metadata, [field]: next } }
  const dry = flags.text('dry-run') === 'client' || flags.text('dry-run') === 'unchanged'
  if (!isSame && !dry) yield* context.api((api) => api.update(resource, updated))
  const how = isSame ? 'unchanged' : change.set.size > 0 ? 'changed' : 'removed'
  io.out(`${resource.singular}/${object.metadata.name} ${done(how)}${dry ? ' (dry run)' : ''}\n`)
}
