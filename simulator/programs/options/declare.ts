/**
 * Options as GNU programs declare them to their users: the help text is the declaration, and the parser is derived from
 * it, so what `--help` shows and what is understood cannot differ. A line `  -n, --lines=[-]NUM  …` declares `-n` and
 * `--lines` with a required argument, `--color[=WHEN]` an optional one.
 */
export type Argument = 'none' | 'required' | 'optional'

export interface Option {
  /** The long name, or the letter where there is none. */
  readonly name: string
  readonly argument: Argument
}

export interface Declared {
  readonly short: ReadonlyMap<string, Option>
  readonly long: ReadonlyMap<string, Option>
}

const SHORT = /^-([A-Za-z0-9@%+])(?:(\[)?[ =]?\[?([A-Z][A-Za-z_0-9.,[\]]*|<[^>]+>|\[[^\]]+\]))?$/
const LONG = /^--([A-Za-z0-9][A-Za-z0-9-]*)(\[=[^\]]*\]|[= ]\S.*)?$/

/** The option part of a line: what stands before two blanks. */
const heads = (line: string): string[] => {
  const text = /^\s{1,8}(-.*)$/.exec(line)?.[1]
  if (text === undefined) return []
  const head = text.split(/ {2,}|\t/)[0] ?? ''
  return head.split(/, *(?=-)|\s+(?=-)/).map((part) => part.replace(/,$/, '').trim())
}

/** The texts are read when an option is first asked for: a node boots with many programs, and runs few of them. */
export function declare(texts: readonly string[]): Declared {
  let read: Declared | undefined
  const declared = (): Declared => (read ??= readDeclarations(texts))
  return {
    get short() {
      return declared().short
    },
    get long() {
      return declared().long
    },
  }
}

function readDeclarations(texts: readonly string[]): Declared {
  const short = new Map<string, Option>()
  const long = new Map<string, Option>()
  for (const line of texts.join('\n').split('\n')) {
    let argument: Argument = 'none'
    const letters: string[] = []
    const names: string[] = []
    for (const part of heads(line)) {
      const s = SHORT.exec(part)
      const l = LONG.exec(part)
      if (s?.[1] !== undefined) {
        letters.push(s[1])
        if (s[3] !== undefined) argument = part.includes('[') && !/[ =]\[/.test(part) ? 'optional' : 'required'
      } else if (l?.[1] !== undefined) {
        names.push(l[1])
        if (l[2] !== undefined) argument = l[2].startsWith('[') ? 'optional' : 'required'
      }
    }
    const name = names[0] ?? letters[0]
    if (name === undefined) continue
    const option = { name, argument }
    for (const letter of letters) if (!short.has(letter)) short.set(letter, option)
    for (const word of names) if (!long.has(word)) long.set(word, option)
  }
  return { short, long }
}
