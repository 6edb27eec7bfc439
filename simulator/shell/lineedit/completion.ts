/**
 * Tab (busybox, libbb/lineedit.c): the word before the cursor is completed as a command, as a directory after `cd`, else as a file;
 * a second Tab lists what there is.
 */
import { builtins, builtinNamed } from '../builtins'
import { readPasswd } from '../passwd'
import type { Shell } from '../shell'
import type { Display } from './display'

type Kind = 'command' | 'directory' | 'file'

/** Of a quoted character: no blank, no operator. */
const QUOTED = 1 << 21
const SPECIAL = ' `"#$%^&*()=+{}[]:;\'|\\<>'
const code = (character: string): number => character.charCodeAt(0)

export class Completion {
  private readonly shell: Shell
  private readonly display: Display
  private matches: readonly string[] = []
  /** The key before was a Tab that could not decide. */
  private undecided = false
  constructor(shell: Shell, display: Display) {
    this.shell = shell
    this.display = display
  }
  /** Another key than Tab came. */
  forget(): void {
    this.undecided = false
  }
  tab(): void {
    const { display } = this
    if (this.undecided) {
      if (this.matches.length > 0) this.list()
      return
    }
    this.undecided = true
    const { word, kind } = wordBefore(display)
    const found = this.find(word, kind)
    this.matches = found.matches
    const [only] = found.matches
    if (found.matches.length !== 1) display.bell()
    if (only === undefined) return
    let made = found.matches.length === 1 ? quoted(only) : quoted(commonStart(found.matches))
    if (found.matches.length === 1) {
      this.undecided = false
      if (!made.endsWith('/')) made += ' '
    } else if (made === '') return
    const typed = display.charactersOf(quoted(found.prefix)).length
    const more = display.charactersOf(made).slice(typed)
    const at = display.cursor + more.length
    display.replace([...display.text.slice(0, display.cursor), ...more, ...display.text.slice(display.cursor)], at)
  }
  private list(): void {
    const { display } = this
    const { cursor } = display
    display.newLine()
    const size = (name: string): number => display.charactersOf(name).length
    const column = Math.max(...this.matches.map(size)) + 2
    const columns = Math.max(1, Math.floor(display.width / column))
    const rows = Math.ceil(this.matches.length / columns)
    for (let row = 0; row < rows; row++) {
      const names = this.matches.filter((_, i) => i % rows === row)
      display.say(names.map((name, i) => (i === names.length - 1 ? `${name}\n` : name + ' '.repeat(column - size(name)))).join(''))
    }
    display.drawAnew(cursor)
  }

  // ── what there is ───────────────────────────────────────────────────────────────────────────────
  private find(word: string, kind: Kind): { readonly matches: readonly string[]; readonly prefix: string } {
    if (word.startsWith('~') && !word.includes('/')) {
      const users = readPasswd(this.shell.sys).map(({ name }) => name).filter((name) => name.startsWith(word.slice(1)))
      if (users.length > 0) return { matches: sorted(users.map((name) => `~${name}/`)), prefix: word }
    }
    const cut = word.lastIndexOf('/') + 1
    const prefix = word.slice(cut)
    if (cut > 0) return { matches: sorted(this.namesIn(this.home(word.slice(0, cut)), prefix, kind === 'directory' ? 'directories' : 'all')), prefix }
    if (kind !== 'command') return { matches: sorted(this.namesIn('.', prefix, kind === 'directory' ? 'directories' : 'all')), prefix }
    const path = (this.shell.vars.get('PATH') ?? '').split(':').filter((directory) => directory !== '')
    return {
      matches: sorted([...this.commands(prefix), ...path.flatMap((directory) => this.namesIn(directory, prefix, 'files')), ...this.namesIn('.', prefix, 'directories')]),
      prefix,
    }
  }
  /** Applets, builtins, aliases and functions. */
  private commands(prefix: string): string[] {
    const { shell } = this
    const known = [...(shell.startOptions.standalone?.names ?? []), ...[...builtins().keys()].filter((name) => builtinNamed(shell, name)), ...shell.aliases.keys(), ...shell.functions.keys()]
    return known.filter((name) => name.startsWith(prefix))
  }
  private home(directory: string): string {
    const [, user, rest] = /^~([^/]*)(\/.*)$/.exec(directory) ?? []
    if (rest === undefined) return directory
    const { sys } = this.shell
    const entry = readPasswd(sys).find(({ name, uid }) => (user === '' ? uid === sys.credentials.euid : name === user))
    return entry ? `${entry.home}${rest}` : directory
  }
  private namesIn(directory: string, prefix: string, wanted: 'all' | 'files' | 'directories'): string[] {
    const { sys } = this.shell
    let names: readonly string[]
    try {
      names = ['.', '..', ...sys.readdir(directory).map(({ name }) => name).filter((name) => name !== '.' && name !== '..')]
    } catch {
      return []
    }
    return names.flatMap((name) => {
      if (!name.startsWith(prefix) || (prefix === '' && (name === '.' || name === '..')) || /[\x00-\x1f\x7f]/.test(name)) return []
      const isDirectory = this.isDirectory(`${directory.replace(/\/$/, '')}/${name}`)
      if (wanted === (isDirectory ? 'files' : 'directories')) return []
      return [isDirectory ? `${name}/` : name]
    })
  }
  private isDirectory(path: string): boolean {
    try {
      return this.shell.sys.stat(path).kind === 'dir'
    } catch {
      return false
    }
  }
}

/** The word that the cursor stands behind, without its quotes, and what may stand there. */
function wordBefore(display: Display): { readonly word: string; readonly kind: Kind } {
  const marked: number[] = []
  let quote = 0
  for (let i = 0; i < display.cursor; i++) {
    const character = display.text[i] ?? 0
    if (character === code('\\')) marked.push((display.text[++i] ?? 0) | QUOTED)
    else if ((character === code("'") || character === code('"')) && (quote === 0 || quote === character)) quote ^= character
    else marked.push(quote === 0 ? character : character | QUOTED)
  }
  // Quoted characters as one that is no operator; so places stay.
  let plain = String.fromCodePoint(...marked.map((character) => (character & QUOTED ? 0xfffd : character)))
  let at = 0
  const cut = (pattern: RegExp): void => {
    const found = pattern.exec(plain.slice(at))
    if (found) at += found.index + found[0].length
  }
  cut(/^[\s\S]*(?:(?<![<>])&&?|(?<!>)\|\|?|;;?)/u)
  const backquotes = plain.slice(at).split('`').length - 1
  if (backquotes % 2 === 1) at = plain.lastIndexOf('`') + 1
  else plain = plain.slice(0, at) + plain.slice(at).replace(/`[^`]*`/g, (whole) => '`'.padStart(whole.length, '\ufffd'))
  cut(/^[\s\S]*[({]/u)
  cut(/^ */u)
  const command = plain.slice(at)
  const kind: Kind = /^cd [^ <>]*$/.test(command) ? 'directory' : /[ <>]/.test(command) ? 'file' : 'command'
  cut(/^[\s\S]*[ <>|&=]/u)
  const length = [...plain.slice(0, at)].length
  return { word: display.textOf(marked.slice(length).map((character) => character & ~QUOTED)), kind }
}

const quoted = (name: string): string => [...name].map((character) => (SPECIAL.includes(character) ? `\\${character}` : character)).join('')
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

function commonStart(names: readonly string[]): string {
  const [first = ''] = names
  let length = first.length
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}
