/** The three option languages of ps(1) and what they select. Follows parser.c of procps-ng: UNIX options first; a wrong word is read again as BSD. */
export class PsUsage extends Error {}

export interface FormatItem {
  readonly code: string
  readonly header?: string
  readonly width?: number
}

export interface Choice {
  readonly by: 'pid' | 'ppid' | 'sid' | 'comm' | 'tty' | 'euid' | 'ruid' | 'rgid' | 'egid'
  readonly values: readonly string[]
}

export interface PsOptions {
  items: FormatItem[]
  style: string[]
  /** An option of the BSD kind was given: other default columns, STAT and short TIME. */
  bsd: boolean
  bsdAll: boolean
  bsdOwn: boolean
  all: 'none' | 'every' | 'tty-no-leaders' | 'no-leaders'
  running: boolean
  thisTty: boolean
  negate: boolean
  choices: Choice[]
  sort: { code: string; down: boolean }[]
  forest: 'none' | 'art' | 'indent'
  threads: 'none' | 'lwp' | 'spid' | 'after'
  wide: number
  width: number | undefined
  noHeader: boolean
  environment: boolean
  label: boolean
  y: boolean
  show: 'processes' | 'version' | 'formats' | { help: string }
}

const fresh = (): PsOptions => ({
  items: [], style: [], bsd: false, bsdAll: false, bsdOwn: false, all: 'none', running: false, thisTty: false, negate: false, choices: [], sort: [],
  forest: 'none', threads: 'none', wide: 0, width: undefined, noHeader: false, environment: false, label: false, y: false, show: 'processes',
})

const MISSING: Record<string, string> = {
  C: 'list of command names must follow -C', p: 'list of process IDs must follow -p', q: 'list of process IDs must follow -q', s: 'list of session IDs must follow -s',
  t: 'list of terminals (pty, tty...) must follow -t', u: 'list of users must follow -u', U: 'list of real users must follow -U', G: 'list of real groups must follow -G',
  g: 'list of session leaders OR effective group IDs must follow -g', o: 'format specification must follow -o', O: 'format or sort specification must follow -O',
}
const BY: Record<string, Choice['by']> = { C: 'comm', p: 'pid', q: 'pid', s: 'sid', t: 'tty', u: 'euid', U: 'ruid', G: 'rgid', g: 'sid' }

/** Numbers of a list, checked as procps checks them. */
function choice(by: Choice['by'], text: string): Choice {
  const values = text.split(/[ ,\t]+/)
  const what = by === 'sid' ? 'session' : 'process'
  if (by === 'pid' || by === 'ppid' || by === 'sid')
    for (const v of values) {
      if (!/^\d+$/.test(v)) throw new PsUsage(by === 'sid' ? 'session ID list syntax error' : `${what} ID list syntax error`)
      if (Number(v) < 1 || Number(v) > 0x7fffffff) throw new PsUsage(`${what} ID out of range`)
    }
  return { by, values }
}

/** `pid,comm:30=NAME`: everything after `=` is one header. */
export function formatItems(text: string, known: (code: string) => boolean): FormatItem[] {
  const items: FormatItem[] = []
  if (text.includes('%')) {
    const aix: Record<string, string> = { C: 'pcpu', G: 'group', P: 'ppid', U: 'user', a: 'args', c: 'comm', g: 'rgroup', n: 'nice', p: 'pid', r: 'pgid', t: 'etime', u: 'ruser', x: 'time', y: 'tty', z: 'vsz' }
    for (const part of text.trim().split(/\s+/)) {
      const code = /^%([A-Za-z])$/.exec(part)?.[1]
      if (!code || !aix[code]) throw new PsUsage('improper AIX field descriptor')
      items.push({ code: aix[code] })
    }
    return items
  }
  const eq = text.indexOf('=')
  const names = (eq < 0 ? text : text.slice(0, eq)).split(/[ ,]+/)
  names.forEach((word, i) => {
    const [code = '', width] = word.split(':')
    if (code === '') throw new PsUsage('improper format list')
    if (!known(code)) throw new PsUsage(`unknown user-defined format specifier "${code}"`)
    if (width !== undefined && !/^[1-9]\d*$/.test(width)) throw new PsUsage('column widths must be unsigned decimal numbers')
    items.push({ code, ...(width ? { width: Number(width) } : {}), ...(eq >= 0 && i === names.length - 1 ? { header: text.slice(eq + 1) } : {}) })
  })
  return items
}

function sortKeys(text: string, known: (code: string) => boolean): PsOptions['sort'] {
  return text.split(',').map((word) => {
    const code = word.replace(/^[+-]/, '')
    if (!known(code)) throw new PsUsage('unknown sort specifier')
    return { code, down: word.startsWith('-') }
  })
}

export type Dialect = 'unix' | 'bsd'

export function parsePs(args: readonly string[], known: (code: string) => boolean, dialect: Dialect): PsOptions {
  const o = fresh()
  let at = 0
  const value = (rest: string, letter: string): string => {
    if (rest !== '') return rest
    const next = args[++at]
    if (next === undefined) throw new PsUsage(MISSING[letter] ?? `list must follow -${letter}`)
    return next
  }
  const bsdWord = (word: string): void => {
    o.bsd = true
    for (let i = 0; i < word.length; i++) {
      const c = word[i] ?? ''
      const rest = word.slice(i + 1)
      if (c === 'a') o.bsdAll = true
      else if (c === 'x') o.bsdOwn = true
      else if (c === 'r') o.running = true
      else if (c === 'T') o.thisTty = true
      else if ('ulvjsX'.includes(c) && !(c === 's' || c === 'X')) o.style.push(c)
      else if (c === 'f') o.forest = 'art'
      else if (c === 'e') o.environment = true
      else if (c === 'h') o.noHeader = true
      else if (c === 'w') o.wide++
      else if (c === 'H') o.threads = 'lwp'
      else if (c === 'm') o.threads = 'after'
      else if (c === 'L') o.show = 'formats'
      else if (c === 'V') o.show = 'version'
      else if (c === 'Z') o.label = true
      else if (c === 'n' || c === 'c' || c === 'S' || c === 'g') continue
      else if (c === 't') {
        const next = rest || (/^(pts|tty|\?|console)/.test(args[at + 1] ?? '') ? args[++at] : undefined)
        if (next === undefined) o.thisTty = true
        else o.choices.push(choice('tty', next))
        return
      } else if (c === 'p' || c === 'q' || c === 'U' || c === 'o' || c === 'O' || c === 'k') {
        const text = value(rest, c)
        if (c === 'o') o.items.push(...formatItems(text, known))
        else if (c === 'k' || c === 'O') o.sort.push(...sortKeys(text, known))
        else o.choices.push(choice(c === 'U' ? 'euid' : 'pid', text))
        return
      } else throw new PsUsage('unsupported option (BSD syntax)')
    }
  }
  const unixWord = (word: string): void => {
    for (let i = 0; i < word.length; i++) {
      const c = word[i] ?? ''
      const rest = word.slice(i + 1)
      if (c === 'A' || c === 'e') o.all = 'every'
      else if (c === 'a') o.all = 'tty-no-leaders'
      else if (c === 'd') o.all = 'no-leaders'
      else if (c === 'N') o.negate = true
      else if ('fFjl'.includes(c)) o.style.push(`-${c}`)
      else if (c === 'H') o.forest = 'indent'
      else if (c === 'L') o.threads = 'lwp'
      else if (c === 'T') o.threads = 'spid'
      else if (c === 'm') o.threads = 'after'
      else if (c === 'w') o.wide++
      else if (c === 'y') o.y = true
      else if (c === 'Z' || c === 'M') o.label = true
      else if (c === 'V') o.show = 'version'
      else if (c === 'c' || c === 'P') continue
      else if (c === 'o') {
        o.items.push(...formatItems(value(rest, c), known))
        return
      } else if (BY[c]) {
        o.choices.push(choice(BY[c], value(rest, c)))
        return
      } else throw new PsUsage('unsupported SysV option')
    }
  }
  const gnu: Record<string, (v: string) => void> = {
    pid: (v) => o.choices.push(choice('pid', v)), ppid: (v) => o.choices.push(choice('ppid', v)), 'quick-pid': (v) => o.choices.push(choice('pid', v)),
    sid: (v) => o.choices.push(choice('sid', v)), tty: (v) => o.choices.push(choice('tty', v)), user: (v) => o.choices.push(choice('euid', v)),
    User: (v) => o.choices.push(choice('ruid', v)), group: (v) => o.choices.push(choice('egid', v)), Group: (v) => o.choices.push(choice('rgid', v)),
    format: (v) => o.items.push(...formatItems(v, known)), sort: (v) => o.sort.push(...sortKeys(v, known)),
    cols: (v) => (o.width = Number(v)), columns: (v) => (o.width = Number(v)), width: (v) => (o.width = Number(v)), rows: () => {}, lines: () => {},
  }
  const flags: Record<string, () => void> = {
    forest: () => (o.forest = 'art'), 'no-headers': () => (o.noHeader = true), 'no-heading': () => (o.noHeader = true), noheaders: () => (o.noHeader = true),
    noheading: () => (o.noHeader = true), headers: () => {}, deselect: () => (o.negate = true), version: () => (o.show = 'version'), context: () => (o.label = true), cumulative: () => {},
  }
  for (; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg.startsWith('--') && arg.length > 2) {
      const eq = arg.indexOf('=')
      const name = arg.slice(2, eq < 0 ? undefined : eq)
      if (name === 'help') {
        o.show = { help: eq < 0 ? (args[++at] ?? '') : arg.slice(eq + 1) }
        return o
      }
      const flag = flags[name]
      const take = gnu[name]
      if (flag) flag()
      else if (take) {
        const v = eq < 0 ? args[++at] : arg.slice(eq + 1)
        if (v === undefined) throw new PsUsage(name === 'sort' ? 'long sort specification must follow --sort' : `list of ${name}s must follow --${name}`)
        take(v)
      } else throw new PsUsage('unknown gnu long option')
    } else if (arg.startsWith('-') && arg.length > 1) {
      if (dialect === 'bsd') bsdWord(arg.slice(1))
      else unixWord(arg.slice(1))
    } else if (/^\d/.test(arg)) {
      o.bsd = true
      o.choices.push(choice('pid', arg))
    } else if (arg !== '') bsdWord(arg)
  }
  if (o.y && !o.style.includes('-l')) throw new PsUsage('modifier -y without format -l makes no sense')
  if (o.style.length > 1 || (o.style.length > 0 && o.items.length > 0)) throw new PsUsage('conflicting format options')
  return o
}
