/** What a selected piece of a terminal means: the column of a listing that it stands in, or the line of a spec. */
import { LINES, LISTINGS, type Listing } from './columns'

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

const PROMPT = /^[a-z0-9-]+ [$#] /

export function explain(selected: Selected): Explanation | null {
  for (const { form, what, meaning } of LINES) {
    const match = form.exec(selected.line)
    if (match) return { what: fill(what, match), meaning: fill(meaning, match) }
  }
  const head = PROMPT.test(selected.line) ? undefined : [selected.line, ...upToPrompt(selected.above)].map((line) => ({ line, listing: listingOf(line) })).find(({ listing }) => listing)
  if (!head?.listing) return null
  const titles = titlesOf(head.line, head.listing)
  // Numbers stand under the right end of their title, so a piece belongs to the title whose span, up to the next one's, it overlaps most.
  const from = selected.from
  const to = from + Math.max(1, selected.text.split('\n')[0]?.trimEnd().length ?? 1)
  const found = titles.find(({ start, end }) => from < end && to > start) ?? titles.findLast(({ start }) => start <= from)
  const meaning = found && head.listing.columns[found.title]
  return meaning ? { what: found.title, meaning } : null
}

const fill = (text: string, match: RegExpExecArray): string => text.replace(/\$(\d)/g, (_, i: string) => match[Number(i)] ?? '')

const upToPrompt = (lines: readonly string[]): readonly string[] => {
  const end = lines.findIndex((line) => PROMPT.test(line))
  return end < 0 ? lines : lines.slice(0, end)
}

const listingOf = (line: string): Listing | undefined => LISTINGS.find(({ head }) => titlesAt(line, head))

const titlesAt = (line: string, head: readonly string[]): boolean => {
  let rest = line.trimStart()
  for (const title of head) {
    if (!rest.startsWith(title)) return false
    rest = rest.slice(title.length).trimStart()
  }
  return true
}

/** Where each known title stands. */
function titlesOf(line: string, listing: Listing): { title: string; start: number; end: number }[] {
  const names = Object.keys(listing.columns).sort((a, b) => b.length - a.length)
  const found: { title: string; start: number; end: number }[] = []
  for (let i = 0; i < line.length; ) {
    const title = line[i - 1] === undefined || line[i - 1] === ' ' ? names.find((name) => line.startsWith(name, i) && !/\S/.test(line[i + name.length] ?? ' ')) : undefined
    if (title) found.push({ title, start: i, end: i + title.length })
    i += title?.length ?? 1
  }
  return found
}
