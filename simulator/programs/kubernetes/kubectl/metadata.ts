/** What `kubectl label` and `kubectl annotate` share: words `KEY=VALUE` and `KEY-`, and the change of an object's map. */
import type { ApiObject } from '../../../kubernetes/api/objects'
import type { Run } from '../../../kernel/run'
import { type Context, Refused } from './command'
import { dryRunOf } from './dry-run'
import { formatOf, printFormatted } from './formats'
import { named } from './kinds'
import { asTold } from './managed'
import { eachFound, type Found, mustBeNamed, targetsOf } from './targets'

export const METADATA_FLAGS: readonly string[] = ['overwrite', 'all', 'selector', 'list', 'dry-run', 'output', 'filename', 'field-selector', 'all-namespaces']

export interface Change {
  readonly set: ReadonlyMap<string, string>
  readonly removed: readonly string[]
}

/** The words that name objects, and the change that the others ask for. */
export function splitWords(words: readonly string[], one = 'label'): { readonly targets: string[]; readonly change: Change } {
  const isChange = (word: string): boolean => word.includes('=') || word.endsWith('-')
  const set = new Map<string, string>()
  const removed: string[] = []
  for (const word of words.filter(isChange)) {
    const at = word.indexOf('=')
    if (at >= 0) set.set(word.slice(0, at), word.slice(at + 1))
    else removed.push(word.slice(0, -1))
  }
  for (const key of removed) if (set.has(key)) throw new Refused(`error: can not both modify and remove ${one === 'label' ? 'a label' : 'an annotation'} in the same command`)
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

/** From here on a client tells labels that went from labels that came, and dry runs. */
const TELLS_MORE = 22

export function* editMetadata(context: Context, editing: Editing): Run<number | void> {
  const { flags } = context
  const { targets: words, change } = splitWords(flags.args, editing.one)
  if (words.length === 0 && flags.all('filename').length === 0) throw new Refused(`error: one or more resources must be specified as <resource> <name> or <resource>/<name>`)
  if (change.set.size + change.removed.length === 0 && !flags.is('list')) throw new Refused(`error: at least one ${editing.one} update is required`)
  const targets = yield* targetsOf(context, words)
  mustBeNamed(context, targets)
  return yield* eachFound(context, targets, function* (found) {
    yield* edit(context, found, change, editing)
    yield* context.io.flush()
  })
}

function* edit(context: Context, { resource, object }: Found, change: Change, { field, one, taken, done }: Editing): Run {
  const { flags, io, release } = context
  const old = object.metadata[field] ?? {}
  const strategy = dryRunOf(context)
  const clash = [...change.set].flatMap(([key, value]): [string, string][] => (old[key] !== undefined && (old[key] !== value || (field === 'labels' && release.minor < TELLS_MORE)) ? [[key, old[key] ?? '']] : []))
  if (clash.length > 0 && !flags.is('overwrite')) throw new Refused(`error: ${taken(clash)}`)
  for (const key of change.removed) if (field === 'labels' && !(key in old)) io.out(`${one} "${key}" not found.\n`)
  const next = Object.fromEntries([...Object.entries(old).filter(([key]) => !change.removed.includes(key)), ...change.set])
  const isSame = JSON.stringify(Object.entries(old).sort()) === JSON.stringify(Object.entries(next).sort())
  if (flags.is('list')) {
    io.out(Object.keys(next).sort().map((key) => `${key}=${next[key]}\n`).join(''))
    if (change.set.size + change.removed.length === 0) return
  }
  const updated: ApiObject = { ...object, metadata: { ...object.metadata, [field]: next } }
  const made = !isSame && strategy === 'none' ? yield* context.api((api) => api.update(resource, updated)) : updated
  const output = flags.text('output')
  if (output !== undefined) return io.out(printFormatted(formatOf(output), yield* asTold(context, formatOf(output), [{ resource, object: made }]), 'one', 'headers'))
  const how = isSame ? 'unchanged' : change.set.size > 0 || (field === 'labels' && release.minor < TELLS_MORE) ? 'changed' : 'removed'
  io.out(`${named(resource, object.metadata.name)} ${done(how)}${strategy === 'none' || release.minor < TELLS_MORE ? '' : ' (dry run)'}\n`)
}
