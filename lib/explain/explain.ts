/** What a selected piece of a terminal means: the column of a listing that it stands in, the part of a line, or the line of a spec. */
import { LINES, LISTINGS, type Listing } from './columns'
import { FORMS } from './forms'

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
  return inListing(selected) ?? inForm(selected) ?? inLine(selected)
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
    add(inLine({ text: '', line, from: 0, above: [] }))
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

const listingOf = (line: string): Listing | undefined => LISTINGS.find((listing) => (listing.head === 'chosen' ? onlyTitles(line, listing) : beginsWith(line, listing.head)))

const beginsWith = (line: string, head: readonly string[]): boolean => {
  let rest = line.trimStart()
  for (const title of head) {
    if (!rest.startsWith(title)) return false
    rest = rest.slice(title.length).trimStart()
  }
  return true
}

const onlyTitles = (line: string, listing: Listing): boolean => {
  const words = line.trim().split(/\s+/)
  return words.length > 1 && words.every((word) => word in listing.columns)
}

/** Where each known title stands. */
function titlesOf(line: string, listing: Listing): { title: string; start: number; end: number }[] {
  const names = Object.keys(listing.columns).sort((a, b) => b.length - a.length)
  const found: { title: string; start: number; end: number }[] = []
  for (let i = 0; i < line.length; ) {
    const before = line[i - 1]
    // ss leaves no blank between two titles where the columns are full.
    const title = before === undefined || /\s/.test(before) || found.at(-1)?.end === i ? names.find((name) => line.startsWith(name, i)) : undefined
    if (title) found.push({ title, start: i, end: i + title.length })
    i += title?.length ?? 1
  }
  return found
}
