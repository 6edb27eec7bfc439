/** What the word at the cursor can become (bash(1), "Programmable Completion" and readline's Completing). */
import type { Run } from '../../kernel/run'
import { builtins } from '../builtins'
import { byCodePoint } from '../expand/glob'
import { readPasswd } from '../passwd'
import type { Shell } from '../shell'
import { type Candidates, programmed } from './programmable'
import { type Spot, spotAt } from './spot'

export type Source = 'path' | 'command' | 'variable' | 'user'

export interface Match {
  /** What stands on the line, quoted as it needs to be. */
  readonly text: string
  /** What a list shows. */
  readonly shown: string
}

export interface Completions {
  /** Where the text that a match replaces begins. */
  readonly from: number
  readonly matches: readonly Match[]
  /** What all matches begin with. */
  readonly shared: string
  /** What follows the only match: a blank, a slash, a closing quote and a blank, or nothing. */
  readonly ending: string
}

/** As completers give them: not quoted, directories without their slash. */
export interface Found {
  readonly names: readonly string[]
  /** `files`: names of files, which are quoted, and marked when they are directories. */
  readonly kind: 'files' | 'words'
  readonly space: 'space' | 'nospace'
}

const NONE: Completions = { from: 0, matches: [], shared: '', ending: '' }

export function* completionsAt(shell: Shell, text: string, point: number, source: Source | 'any'): Run<Completions> {
  const spot = spotAt(text, point)
  const found = yield* find(shell, spot, source)
  if (!found || found.names.length === 0) return { ...NONE, from: spot.from }
  return shaped(shell, spot, found)
}

function* find(shell: Shell, spot: Spot, source: Source | 'any'): Run<Found | undefined> {
  const { word } = spot
  const words = (names: readonly string[]): Found => ({ names, kind: 'words', space: 'space' })
  if (source === 'variable' || (source === 'any' && word.startsWith('$') && spot.quote !== "'")) return words(variables(shell, word))
  if (source === 'user' || (source === 'any' && /^~[^/]*$/.test(word) && spot.quote === '')) return { names: users(shell, word), kind: 'files', space: 'nospace' }
  if (source === 'path') return paths(shell, word, 'all')
  if (source === 'command' || (source === 'any' && spot.isCommand)) {
    if (word.includes('/')) return paths(shell, word, 'executable')
    if (word === '' && source === 'any' && spot.words.length === 0 && shell.options.isShopt('no_empty_cmd_completion')) return undefined
    const names = commands(shell, word)
    return names.length > 0 || word === '' ? words(names) : paths(shell, word, 'directories')
  }
  if (!spot.afterRedirection) {
    const programmedNames: Candidates | undefined = yield* programmed(shell, spot)
    if (programmedNames) {
      if (programmedNames.names.length > 0 || programmedNames.otherwise === 'nothing') return programmedNames
      return paths(shell, word, programmedNames.otherwise === 'directories' ? 'directories' : 'all')
    }
  }
  return paths(shell, word, 'all')
}

// ── where names come from ─────────────────────────────────────────────────────────────────────────
const KEYWORDS = ['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', '{', '}', '!', '[[', ']]', 'coproc']

export function commands(shell: Shell, word: string): string[] {
  const names = new Set<string>([...shell.aliases.keys(), ...KEYWORDS, ...shell.functions.keys(), ...builtins().keys()])
  for (const name of names) if (!name.startsWith(word)) names.delete(name)
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    try {
      for (const entry of shell.sys.readdir(directory)) {
        if (!entry.name.startsWith(word) || names.has(entry.name) || entry.kind === 'dir') continue
        const path = `${directory}/${entry.name}`
        if (shell.sys.access(path, { execute: true }) && !isDirectory(shell, path)) names.add(entry.name)
      }
    } catch {
      // Not there, or a link that leads nowhere.
    }
  }
  return [...names]
}

export function variables(shell: Shell, word: string): string[] {
  const braced = word.startsWith('${')
  const prefix = word.slice(braced ? 2 : 1)
  return shell.vars.names().filter((name) => name.startsWith(prefix)).map((name) => (braced ? `\${${name}}` : `$${name}`))
}

const users = (shell: Shell, word: string): string[] => readPasswd(shell.sys).map((entry) => `~${entry.name}`).filter((name) => name.startsWith(word))

export type PathKind = 'all' | 'directories' | 'executable'

export function paths(shell: Shell, word: string, wanted: PathKind): Found {
  const cut = word.lastIndexOf('/') + 1
  const directory = word.slice(0, cut)
  const name = word.slice(cut)
  const real = expandHome(shell, directory)
  const names: string[] = []
  try {
    const listed = shell.sys.readdir(real === '' ? '.' : real).map((entry) => entry.name)
    for (const entry of [...listed, ...(name.startsWith('.') ? ['.', '..'] : [])]) {
      if (!entry.startsWith(name)) continue
      if ((entry === '.' || entry === '..') && name !== entry) continue
      if (wanted !== 'all' && !isDirectory(shell, real + entry) && (wanted === 'directories' || !isExecutable(shell, real + entry))) continue
      names.push(directory + entry)
    }
  } catch {
    // No such directory.
  }
  return { names, kind: 'files', space: 'space' }
}

function expandHome(shell: Shell, directory: string): string {
  const tilde = /^~([^/]*)\//.exec(directory)
  if (!tilde) return directory.replace(/^\$(\w+)(?=\/)/, (whole, name: string) => shell.vars.get(name) ?? whole)
  const home = tilde[1] === '' ? shell.vars.get('HOME') : readPasswd(shell.sys).find((entry) => entry.name === tilde[1])?.home
  return home === undefined ? directory : `${home}/${directory.slice(tilde[0].length)}`
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.stat(path).kind === 'dir'
  } catch {
    return false
  }
}

function isExecutable(shell: Shell, path: string): boolean {
  try {
    return shell.sys.access(path, { execute: true })
  } catch {
    return false
  }
}

// ── how they are put on the line ──────────────────────────────────────────────────────────────────
function shaped(shell: Shell, spot: Spot, found: Found): Completions {
  const names = [...new Set(found.names)].sort(byCodePoint)
  const files = found.kind === 'files'
  const directory = (name: string): boolean => files && isDirectory(shell, expandHome(shell, name.startsWith('~') && !name.includes('/') ? `${name}/` : name))
  const matches = names.map((name) => ({
    text: quoted(name, spot.quote, files),
    shown: files ? name.slice(name.lastIndexOf('/', name.length - 2) + 1) + (directory(name) && !name.endsWith('/') ? '/' : '') : name,
  }))
  const shared = names.reduce(sharedStart)
  const [only] = names
  let ending = ''
  if (names.length === 1 && only !== undefined) {
    if (directory(only)) ending = only.endsWith('/') ? '' : '/'
    else if (found.space === 'space') ending = `${spot.quote} `
  }
  return { from: spot.from, matches, shared: quoted(shared, spot.quote, files), ending }
}

function sharedStart(a: string, b: string): string {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  return a.slice(0, i)
}

const SPECIAL = /[ \t\n"'\\><=;|&()#$`?*[\]{}!@:,^]/g
const NOT_QUOTED = new Set(['=', '@', ':', ','])

function quoted(name: string, quote: Spot['quote'], files: boolean): string {
  if (!files) return name
  if (quote === "'") return name.replace(/'/g, "'\\''")
  if (quote === '"') return name.replace(/["\\$`]/g, '\\$&')
  const tilde = /^~[^/]*/.exec(name)?.[0] ?? ''
  return tilde + name.slice(tilde.length).replace(SPECIAL, (c) => (NOT_QUOTED.has(c) ? c : `\\${c}`))
}
