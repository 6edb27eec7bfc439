/** Where the names that complete a word come from: commands, variables, users, files. */
import { builtins } from '../builtins'
import { readPasswd } from '../passwd'
import type { Shell } from '../shell'
import type { Found } from './completion'

export const KEYWORDS = ['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', '{', '}', '!', '[[', ']]', 'coproc']

/** In bash's order: aliases, keywords, functions, builtins, then the directories of $PATH; a name may come several times. */
export function commands(shell: Shell, word: string): string[] {
  const names = [...shell.aliases.keys(), ...KEYWORDS, ...shell.functions.keys(), ...builtins().keys()].filter((name) => name.startsWith(word))
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    try {
      for (const entry of shell.sys.readdir(directory)) {
        if (!entry.name.startsWith(word) || entry.kind === 'dir') continue
        const path = `${directory}/${entry.name}`
        if (shell.sys.access(path, { execute: true }) && !isDirectory(shell, path)) names.push(entry.name)
      }
    } catch {
      // Not there, or a link that leads nowhere.
    }
  }
  return names
}

export function variables(shell: Shell, word: string): string[] {
  const braced = word.startsWith('${')
  const prefix = word.slice(braced ? 2 : 1)
  return shell.vars.names().filter((name) => name.startsWith(prefix)).map((name) => (braced ? `\${${name}}` : `$${name}`))
}

export const userNames = (shell: Shell): string[] => readPasswd(shell.sys).map((entry) => entry.name)

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

export function expandHome(shell: Shell, directory: string): string {
  const tilde = /^~([^/]*)\//.exec(directory)
  if (!tilde) return directory.replace(/^\$(\w+)(?=\/)/, (whole, name: string) => shell.vars.get(name) ?? whole)
  const home = tilde[1] === '' ? shell.vars.get('HOME') : readPasswd(shell.sys).find((entry) => entry.name === tilde[1])?.home
  return home === undefined ? directory : `${home}/${directory.slice(tilde[0].length)}`
}

export function isDirectory(shell: Shell, path: string): boolean {
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
