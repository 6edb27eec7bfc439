/** What a selected piece of a terminal means: the column of a listing that it stands in, the part of a line, or the line of a spec. */
import { LISTINGS } from './columns'
import { FIELDS } from './fields'
import { FORMS } from './forms'
import { LINES } from './lines'
import type { Listing } from './listing'

export interface Explanation {
  readonly what: string
  readonly meaning: string
}

export interface Selected {
  readonly text: string
  readonly line: string
  /** The column on the screen where the selection begins. */
  readonly from: number
  /** The lines above it, nearest first. */
  readonly above: readonly string[]
}

const PROMPT = /^[a-z0-9-]+ [$#](?: |$)/
/** More is no explanation any more. */
const MOST = 40

/** A head says most; then what the line itself says; a spec has no columns. */
export function explain(selected: Selected): Explanation | null {
  if (PROMPT.test(selected.line)) return null
  return inListing(selected) ?? inForm(selected) ?? inField(selected) ?? inLine(selected)
}

/** What the last output means, for who has no pointer to select with: every column of its listings, else every part of its lines that is known. `lines`: a screen, its prompt last. */
export function explainOutput(lines: readonly string[]): Explanation[] {
  const upwards = lines.toReversed()
  const output = upToPrompt(upwards.slice(upwards.findIndex((line) => line.trim() !== '' && !PROMPT.test(line)))).toReversed()
  const found = new Map<string, Explanation>()
  const add = (explanation: Explanation | null): void => void (explanation && found.set(explanation.what, explanation))
  for (const line of output) {
    const listing = listingOf(line)
    if (listing) for (const { title } of titlesOf(line, listing)) add({ what: title, meaning: listing.columns[title] ?? '' })
  }
  if (found.size > 0) return [...found.values()].slice(0, MOST)
  for (const line of output) {
    for (const word of line.matchAll(/\S+/g)) add(inForm({ text: word[0], line, from: word.index, above: [] }))
    const whole = { text: '', line, from: 0, above: [] }
    add(inField(whole) ?? inLine(whole))
    if (found.size >= MOST) break
  }
  return [...found.values()].slice(0, MOST)
}

function inLine({ line }: Selected): Explanation | null {
  for (const { form, what, meaning } of LINES) {
    const match = form.exec(line)
    if (match) return { what: fill(what, match), meaning: fill(meaning, match) }
  }
  return null
}

/** A name and its value. */
function inField({ line }: Selected): Explanation | null {
  for (const { form, meanings } of FIELDS) {
    const what = form.exec(line)?.[1]
    const meaning = what === undefined ? undefined : meanings[what]
    if (what !== undefined && meaning !== undefined) return { what, meaning }
  }
  return null
}

function inListing(selected: Selected): Explanation | null {
  const head = [selected.line, ...upToPrompt(selected.above)].map((line) => ({ line, listing: listingOf(line) })).find(({ listing }) => listing)
  if (!head?.listing) return null
  const titles = titlesOf(head.line, head.listing)
  // Numbers stand under the right end of their title, so a piece belongs to the title whose span, up to the next one's, it overlaps most.
  const { from, to } = spanOf(selected)
  const found = titles.find(({ start, end }) => from < end && to > start) ?? titles.findLast(({ start }) => start <= from)
  const meaning = found && head.listing.columns[found.title]
  return meaning ? { what: found.title, meaning } : null
}

/** The part of the line that the selection overlaps. */
function inForm(selected: Selected): Explanation | null {
  const { from, to } = spanOf(selected)
  for (const { name, form, parts } of FORMS) {
    const groups = form.exec(selected.line)?.indices?.groups
    if (!groups) continue
    const meanings: Readonly<Record<string, string>> = { ...LISTINGS.find((l) => l.name === name)?.columns, ...parts }
    for (const [group, span] of Object.entries(groups)) {
      const meaning = meanings[group] ?? meanings[group.replaceAll('_', ' ')]
      if (span && meaning && from < span[1] && to > span[0]) return { what: group.replaceAll('_', ' '), meaning }
    }
  }
  return null
}

const spanOf = ({ from, text }: Selected): { from: number; to: number } => ({ from, to: from + Math.max(1, text.split('\n')[0]?.trimEnd().length ?? 1) })

const fill = (text: string, match: RegExpExecArray): string => text.replace(/\$(\d)/g, (_, i: string) => match[Number(i)] ?? '')

const upToPrompt = (lines: readonly string[]): readonly string[] => {
  const end = lines.findIndex((line) => PROMPT.test(line))
  return end < 0 ? lines : lines.slice(0, end)
}

const listingOf = (line: string): Listing | undefined => LISTINGS.find((listing) => beginsWith(line, listing.head)) ?? (CHOSEN.test(line) ? LISTINGS.find((listing) => onlyTitles(line, listing)) : undefined)

/** Columns that were chosen, in whatever order: capitals, two words at least. */
const CHOSEN = /^[^a-z]*[A-Z][^a-z]* [^a-z]*[A-Z][^a-z]*$/

const beginsWith = (line: string, head: readonly string[]): boolean => {
  let rest = line.trimStart()
  for (const title of head) {
    if (!rest.startsWith(title)) return false
    rest = rest.slice(title.length).trimStart()
  }
  return true
}

const onlyTitles = (line: string, listing: Listing): boolean => {
  const titles = titlesOf(line, listing)
  return titles.length > 1 && titles.reduce((n, { title }) => n + title.replaceAll(' ', '').length, 0) === line.replace(/\s/g, '').length
}

/** Where each known title stands. */
function titlesOf(line: string, listing: Listing): { title: string; start: number; end: number }[] {
  const names = Object.keys(listing.columns).sort((a, b) => b.length - a.length)
  const found: { title: string; start: number; end: number }[] = []
  for (let i = 0; i < line.length; ) {
    const before = line[i - 1]
    // ss leaves no blank between two titles where the columns are full; /proc/net/dev has a line there.
    const title = before === undefined || /[\s|]/.test(before) || found.at(-1)?.end === i ? names.find((name) => line.startsWith(name, i)) : undefined
    if (title) found.push({ title, start: i, end: i + title.length })
    i += title?.length ?? 1
  }
  return found
}
