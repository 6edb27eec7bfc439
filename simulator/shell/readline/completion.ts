/** Completion of commands, variables and paths (bash(1), Completing). */
import { builtins } from '../builtins'
import { byCodePoint } from '../expand/glob'
import type { Shell } from '../shell'

export type Completion = { readonly kind: 'insert'; readonly text: string } | { readonly kind: 'list'; readonly text: string } | { readonly kind: 'nothing' }

export function complete(shell: Shell, text: string, at: number, time: 'first' | 'again'): Completion {
  const before = text.slice(0, at)
  const word = /[^\s;&|<>()='"]*$/.exec(before)?.[0] ?? ''
  const lead = before.slice(0, before.length - word.length)
  const command = /(?:^|[;&|(]|\b(?:then|do|else|sudo|exec|command))\s*$/.test(lead) && !word.includes('/')
  const found = word.startsWith('$') ? shell.vars.names().filter((name) => name.startsWith(word.slice(1))).map((name) => `$${name}`) : command ? commands(shell, word) : paths(shell, word)
  const names = [...new Set(found)].sort(byCodePoint)
  const [only] = names
  if (only === undefined) return { kind: 'nothing' }
  const shared = names.reduce((a, b) => {
    let i = 0
    while (i < a.length && a[i] === b[i]) i++
    return a.slice(0, i)
  })
  const end = names.length === 1 && !only.endsWith('/') ? ' ' : ''
  const more = quoted(shared.slice(word.length)) + end
  if (more !== '') return { kind: 'insert', text: more }
  if (time === 'first') return { kind: 'nothing' }
  return { kind: 'list', text: columns(names.map((name) => name.replace(/^.*\/(?=.)/, '')), Number(shell.vars.get('COLUMNS') ?? 80)) }
}

const quoted = (text: string): string => text.replace(/[ '"\\$&;|<>()*?]/g, '\\$&')

function commands(shell: Shell, word: string): string[] {
  const names = [...builtins().keys(), ...shell.functions.keys(), ...shell.aliases.keys()]
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    try {
      for (const entry of shell.sys.readdir(directory)) if (entry.name.startsWith(word) && entry.kind !== 'dir') names.push(entry.name)
    } catch {
      // Not there.
    }
  }
  return names.filter((name) => name.startsWith(word))
}

function paths(shell: Shell, word: string): string[] {
  const cut = word.lastIndexOf('/') + 1
  const directory = word.slice(0, cut)
  const name = word.slice(cut)
  const real = directory.startsWith('~/') ? `${shell.vars.get('HOME') ?? ''}${directory.slice(1)}` : directory
  try {
    return shell.sys.readdir(real === '' ? '.' : real)
      .filter((entry) => entry.name.startsWith(name) && (name !== '' || !entry.name.startsWith('.')))
      .map((entry) => directory + entry.name + (isDirectory(shell, real + entry.name) ? '/' : ''))
  } catch {
    return []
  }
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.stat(path).kind === 'dir'
  } catch {
    return false
  }
}

/** Names in columns, down first, as readline lists matches. */
function columns(names: readonly string[], width: number): string {
  const longest = Math.max(...names.map((name) => name.length)) + 2
  const across = Math.max(1, Math.floor(width / longest))
  const down = Math.ceil(names.length / across)
  let out = ''
  for (let row = 0; row < down; row++) {
    const cells: string[] = []
    for (let i = row; i < names.length; i += down) cells.push(names[i] as string)
    out += `${cells.map((cell, i) => (i < cells.length - 1 ? cell.padEnd(longest) : cell)).join('')}\n`
  }
  return out
}
