/** Compares what a node printed with what another start of the same one has: ids, addresses, times and pids are drawn anew, so they are masked by class (recordings/README.md, `--loose`). */
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['id', /\b[0-9a-f]{64}\b/],
  ['stamp', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d{4}(?: [A-Z]{3,4})?)?|\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?:[:.]\d+)*/],
  ['id', /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,13}\b/],
  ['ago', /\b(?:About an? \w+|Less than a second|\d+ (?:second|minute|hour|day)s?) ago\b/],
  ['span', /(?<![\w.-])(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?(?:ms|µs|s|m|h|d)\b/],
  ['clock', /\b\d\d:\d\d(?::\d\d)?\b/],
  ['pid', /(?<=\/proc\/)\d+|(?<![\w.:/-])\d{3,6}(?![\w.:-])/],
]
const ALL = new RegExp(CLASSES.map(([, form]) => `(${form.source})`).join('|'), 'g')
/** Texts of no fixed width, beside which blanks count as one. */
const WIDE = new Set(['ago', 'span', 'pid'])

interface Masked {
  readonly text: string
  readonly seen: readonly (readonly [kind: string, text: string])[]
}

function masked(text: string): Masked {
  const seen: [string, string][] = []
  const out = text.replace(ALL, (found: string, ...groups: unknown[]) => {
    const kind = CLASSES[groups.slice(0, CLASSES.length).findIndex((group) => group !== undefined)]?.[0] ?? ''
    seen.push([kind, found])
    return `<${kind}>`
  })
  return { text: seen.some(([kind]) => WIDE.has(kind)) ? out.replace(/ {2,}|\t+/g, ' ').replace(/ +$/gm, '') : out, seen }
}

/** What stands for what: the recorded ids and pids, and those of this start. */
export type Known = Map<string, string>

export function sameButForNames(want: string, got: string, known: Known): boolean {
  const [a, b] = [masked(want), masked(got)]
  if (a.text === b.text) {
    for (const [i, [kind, text]] of a.seen.entries()) if (['id', 'pid'].includes(kind) && !known.has(text)) known.set(text, b.seen[i]?.[1] ?? text)
    return true
  }
  const inOrder = (text: string): string => text.split('\n').sort().join('\n')
  return inOrder(a.text) === inOrder(b.text)
}

/** A recorded command with this start's ids and pids in the place of the recorded ones. */
export const renewed = (cmd: string, known: Known): string =>
  cmd.replace(ALL, (found: string) => {
    const whole = known.get(found)
    if (whole !== undefined) return whole
    for (const [old, now] of known) if (old.length === 64 && found.length >= 6 && old.startsWith(found)) return now.slice(0, found.length)
    return found
  })
