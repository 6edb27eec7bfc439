/** What the word at the cursor can become (bash(1), "Programmable Completion" and readline's Completing). */
import type { Run } from '../../kernel/run'
import { byCodePoint, glob } from '../expand/glob'
import { hasPattern } from '../expand/pattern'
import type { Shell } from '../shell'
import { commands, expandHome, isDirectory, paths, userNames, variables } from './names'
import { type Candidates, programmed } from './programmable'
import { type Spot, spotAt } from './spot'

export type Source = 'path' | 'command' | 'variable' | 'user'

export interface Match {
  /** What stands on the line, quoted as it needs to be. */
  readonly text: string
  /** What a list shows. */
  readonly shown: string
  /** A directory is listed with a slash, which does not count for the columns' width. */
  readonly mark: '' | '/'
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
  const found = source === 'any' ? yield* completionsOf(shell, spot) : named(shell, spot, source)
  if (!found || found.names.length === 0) return { ...NONE, from: spot.from }
  return shaped(shell, spot, found)
}

function named(shell: Shell, { word }: Spot, source: Source): Found {
  const words = (names: readonly string[]): Found => ({ names, kind: 'words', space: 'space' })
  switch (source) {
    case 'variable':
      return words(variables(shell, word))
    case 'user':
      return users(shell, word)
    case 'path':
      return paths(shell, word, 'all')
    default:
      return words(commands(shell, word))
  }
}

/** What the place of the word asks for. */
export function* completionsOf(shell: Shell, spot: Spot): Run<Found | undefined> {
  const { word } = spot
  const words = (names: readonly string[]): Found => ({ names, kind: 'words', space: 'space' })
  if (spot.quote === '') {
    if (/^\$(?:\{[!#]?)?\w*$/.test(word)) return words(variables(shell, word))
    if (/^~[^/]*$/.test(word)) return users(shell, word)
  }
  if (!spot.isCommand && !spot.afterRedirection && spot.words.length > 0) {
    const chosen: Candidates | undefined = yield* programmed(shell, spot)
    if (chosen && (chosen.names.length > 0 || chosen.otherwise === 'nothing')) return chosen
    if (chosen?.otherwise === 'directories') return paths(shell, word, 'directories')
  }
  if (!spot.isCommand) {
    const found = paths(shell, word, 'all')
    if (found.names.length > 0 || !hasPattern(word) || spot.quote !== '') return found
    // A pattern that one name fits becomes that name; others are left as they are.
    const fitting = glob(shell.sys, word, { dotglob: false, nocase: false, globstar: false })
    return { names: fitting.length === 1 ? fitting : [], kind: 'files', space: 'space' }
  }
  if (word.includes('/')) return paths(shell, word, 'executable')
  if (word === '' && shell.options.isShopt('no_empty_cmd_completion')) return undefined
  const names = commands(shell, word)
  return names.length > 0 || word === '' ? words(names) : paths(shell, word, 'directories')
}

const users = (shell: Shell, word: string): Found => ({ names: userNames(shell).map((name) => `~${name}`).filter((name) => name.startsWith(word)), kind: 'files', space: 'nospace' })

// ── how they are put on the line ──────────────────────────────────────────────────────────────────
function shaped(shell: Shell, spot: Spot, found: Found): Completions {
  const names = [...new Set(found.names)].sort(byCodePoint)
  const files = found.kind === 'files'
  const directory = (name: string): boolean => files && isDirectory(shell, expandHome(shell, name.startsWith('~') && !name.includes('/') ? `${name}/` : name))
  const matches = names.map((name) => ({
    text: quoted(name, spot.quote, files),
    shown: files ? name.slice(name.lastIndexOf('/', name.length - 2) + 1) : name,
    mark: directory(name) && !name.endsWith('/') ? ('/' as const) : ('' as const),
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
