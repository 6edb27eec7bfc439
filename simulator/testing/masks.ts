/**
 * Two answers of two starts of the same node compared: ids, pids, addresses and times are masked by their class on both sides, and
 * runs of blanks count as one where a masked token of varying width stands (recordings/README.md, `--loose`).
 */
const CLASSES: readonly (readonly [name: string, form: RegExp])[] = [
  ['id', /\b[0-9a-f]{64}\b/], ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/],
  ['stamp', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d{4}(?: [A-Z]{3,4})?)?|\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?:[:.]\d+)*/],
  ['peer', /(?<=@if)\d+/], ['link', /\bveth[0-9a-f]{8}\b/], ['v6', /\bfe80:[0-9a-f:]+/], ['id', /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,13}\b/],
  ['ago', /\b(?:About an? \w+|Less than a second|\d+ (?:second|minute|hour|day)s?) ago\b/], ['clock', /\b\d\d:\d\d(?::\d\d)?\b/],
  ['pid', /(?<=\/proc\/)\d+|(?<![\w.:/-])\d{3,6}(?![\w.:-])/],
]
const ALL = new RegExp(CLASSES.map(([, form]) => `(${form.source})`).join('|'), 'g')
const WIDE = new Set(['ago', 'pid', 'v6', 'peer'])
const COLOUR = /\x1b\[[0-9;]*[mK]/g

/** The text with what differs from start to start replaced by its class. Colours are kept; a masked token may stand inside one. */
export function masked(text: string): string {
  let wide = false
  const kept: string[] = []
  // Colour sequences would look like numbers that belong to words.
  const plain = text.replace(COLOUR, (sequence) => {
    kept.push(sequence)
    return '\x00'
  })
  const out = plain.replace(ALL, (_, ...groups) => {
    const found = CLASSES[groups.slice(0, CLASSES.length).findIndex((group) => group !== undefined)]?.[0] ?? ''
    if (WIDE.has(found)) wide = true
    return `<${found}>`
  })
  let at = 0
  const coloured = out.replace(/\x00/g, () => kept[at++] ?? '')
  return wide ? coloured.replace(/ {2,}|\t+/g, ' ').replace(/ +(?=\r?$)/gm, '') : coloured
}

const sortedLines = (text: string): string => text.split('\n').sort().join('\n')

export function sameButForStart(want: string, got: string): boolean {
  const [a, b] = [masked(want), masked(got)]
  return a === b || sortedLines(a) === sortedLines(b)
}

/** Ids and pids of one start by those of the other: tasks are made in the same order, so the list by pid pairs them (`ctr t ls`). */
export function pairTasks(recorded: string, answered: string): Map<string, string> {
  const tasks = (text: string): [id: string, pid: number][] =>
    [...text.matchAll(/^([0-9a-f]{64}) +(\d+) /gm)].map((row): [string, number] => [row[1] ?? '', Number(row[2])]).sort((a, b) => a[1] - b[1])
  const now = tasks(answered)
  const pairs = new Map<string, string>()
  tasks(recorded).forEach(([id, pid], i) => {
    const other = now[i]
    if (!other) return
    pairs.set(id, other[0])
    pairs.set(String(pid), String(other[1]))
  })
  return pairs
}
