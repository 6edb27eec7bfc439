/** Everything that is explained, by where it stands: for a page to read, and for the search. */
import { LISTINGS } from './columns'
import type { Explanation } from './explain'
import { FIELDS } from './fields'
import { FORMS } from './forms'

export interface Words {
  /** As the part of an address. */
  readonly id: string
  readonly name: string
  readonly words: readonly Explanation[]
}

/** One group for each table of columns, with the names of all that have it, in the order of the alphabet; then what only rows have. */
export function wordsOf(): Words[] {
  const tables = new Map<Readonly<Record<string, string>>, Set<string>>()
  const add = (name: string, meanings: Readonly<Record<string, string>>): void => {
    tables.set(meanings, (tables.get(meanings) ?? new Set()).add(name))
  }
  for (const { name, columns } of LISTINGS) add(name, columns)
  for (const { name, meanings } of FIELDS) add(name, meanings)
  for (const { name, parts } of FORMS) if (!LISTINGS.some((listing) => listing.name === name)) add(name, parts)
  const groups = new Map<string, Map<string, string>>()
  for (const [meanings, names] of tables) {
    const name = [...names].join(', ')
    const group = groups.get(name) ?? new Map<string, string>()
    for (const [what, meaning] of Object.entries(meanings)) if (!group.has(what)) group.set(what, meaning)
    groups.set(name, group)
  }
  return [...groups]
    .filter(([, words]) => words.size > 0)
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([name, words]) => ({ id: (name.split(', ')[0] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''), name, words: [...words].map(([what, meaning]) => ({ what, meaning })) }))
}
