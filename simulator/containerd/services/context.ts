/** What containerd's services share: the daemon's system calls, the store and the events. */
import type { Release } from '../release'
import type { Sys } from '../../kernel/sys'
import { failedPrecondition, invalidArgument, isGrpc } from '../grpc'
import type { Db } from '../metadata/db'
import type { Exchange } from './events'

export interface Context {
  readonly sys: Sys
  readonly db: Db
  /** What this containerd is. */
  readonly release: Release
  readonly exchange: Exchange
}

const IDENTIFIER = /^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$/
const LONGEST_IDENTIFIER = 76

/** identifiers.Validate. */
export function checkIdentifier(text: string): void {
  if (text === '') throw invalidArgument('identifier must not be empty')
  if (text.length > LONGEST_IDENTIFIER) throw invalidArgument(`identifier "${text}" greater than maximum length (${LONGEST_IDENTIFIER} characters)`)
  if (!IDENTIFIER.test(text)) throw invalidArgument(`identifier "${text}" must match ${IDENTIFIER.source}`)
}

/** Every namespaced call needs one. */
export function checkNamespace(ns: string): void {
  if (ns === '') throw failedPrecondition('namespace is required')
  try {
    checkIdentifier(ns)
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw invalidArgument(`namespace validation: ${error.message.replace(/: invalid argument$/, '')}`)
  }
}

/** A write into a namespace makes it known (metadata/buckets.go). */
export function openNamespace(context: Context, ns: string): void {
  checkNamespace(ns)
  if (!context.db.namespaces.has(ns)) context.db.namespaces.put(ns, {})
}

/** Labels after an update of some `fields` (`labels`, `labels.KEY`); an empty value removes. */
export function updatedLabels(old: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> {
  let labels: Record<string, string> = { ...old }
  for (const field of fields) {
    if (field === 'labels') labels = { ...given }
    else if (field.startsWith('labels.')) {
      const key = field.slice('labels.'.length)
      labels[key] = given[key] ?? ''
    }
  }
  return sortedLabels(labels)
}

/** In key order (bolt and Go's JSON both sort), without the empty ones. */
export const sortedLabels = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([, v]) => v !== '').sort(([a], [b]) => (a < b ? -1 : 1)))
