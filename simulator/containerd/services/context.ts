/** What containerd's services share: the daemon's system calls, the store and the events. */
import type { Release } from '../release'
import type { Sys } from '../../kernel/sys'
import { failedPrecondition, invalidArgument, isGrpc, unknownError } from '../grpc'
import type { Db } from '../metadata/db'
import type { Exchange } from './events'
import type { Collector } from './gc'

export interface Context {
  readonly sys: Sys
  readonly db: Db
  /** What this containerd is. */
  readonly release: Release
  readonly exchange: Exchange
  readonly collector: Collector
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

/** How a store words what is wrong with labels: what it checks, and what it does when it writes them. */
export interface LabelWords {
  readonly checks: string
  readonly writes: string
}

const LARGEST_LABEL = 4096
const SHOWN_KEY = 10

/** labels/validate.go. */
export function checkLabels(labels: Readonly<Record<string, string>>, checks: string): void {
  for (const [key, value] of Object.entries(labels)) {
    if (key.length + value.length > LARGEST_LABEL) throw invalidArgument(`${checks}: label key and value greater than maximum size (${LARGEST_LABEL} bytes), key: ${key.slice(0, SHOWN_KEY)}`)
  }
}

/** Labels as a store keeps them (metadata/boltutil WriteLabels): in key order (bolt and Go's JSON both sort), without the empty ones. */
export function storedLabels(labels: Readonly<Record<string, string>>, { checks, writes }: LabelWords): Record<string, string> {
  checkLabels(labels, checks)
  const kept = Object.entries(labels).filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1))
  const nameless = kept.find(([key]) => key === '')
  if (nameless) throw unknownError(`${writes}failed to set label ""=${JSON.stringify(nameless[1])}: key required`)
  return Object.fromEntries(kept)
}

/** Labels after an update of some `fields` (`labels`, `labels.KEY`). */
export function updatedLabels(old: Readonly<Record<string, string>>, given: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> {
  let labels: Record<string, string> = { ...old }
  for (const field of fields) {
    if (field === 'labels') labels = { ...given }
    else if (field.startsWith('labels.')) {
      const key = field.slice('labels.'.length)
      labels[key] = given[key] ?? ''
    }
  }
  return labels
}
