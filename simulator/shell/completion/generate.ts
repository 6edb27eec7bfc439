/** The words that a completion specification gives for a word (bash(1), "Programmable Completion"; compgen). */
import type { Run } from '../../kernel/run'
import { signalName } from '../../kernel/signals'
import { readNow } from '../passwd'
import { builtins } from '../builtins'
import { matches } from '../expand/pattern'
import { expandWord } from '../expand/words'
import { skipDollar, skipDouble, skipSingle } from '../lexing/skip'
import { SET_OPTIONS, SHOPT_OPTIONS } from '../options'
import { commands, KEYWORDS, paths, userNames } from '../readline/names'
import type { Shell } from '../shell'
import { stateOf } from '../jobs'
import type { Action, CompletionSpec } from './spec'

/** Everything but what its function and its command give. */
export function* generate(shell: Shell, spec: CompletionSpec, word: string): Run<string[]> {
  const found: string[] = []
  for (const action of spec.actions) found.push(...actionNames(shell, action, word))
  if (spec.glob !== undefined) yield* expandWord(shell, spec.glob, found)
  if (spec.words !== undefined) {
    const words: string[] = []
    for (const piece of pieces(spec.words, shell.ifs)) yield* expandWord(shell, piece, words)
    found.push(...words.filter((candidate) => candidate.startsWith(word)))
  }
  return found
}

/** What the filter leaves, with prefix and suffix. */
export function finished(spec: CompletionSpec, word: string, names: readonly string[]): string[] {
  const { filter, prefix = '', suffix = '' } = spec
  const kept = filter === undefined ? names : names.filter((name) => passes(filter, word, name))
  return prefix === '' && suffix === '' ? [...kept] : kept.map((name) => prefix + name + suffix)
}

function passes(filter: string, word: string, name: string): boolean {
  const negated = filter.startsWith('!')
  const pattern = (negated ? filter.slice(1) : filter).replace(/(?<!\\)&/g, word)
  return matches(pattern, name) === negated
}

export function actionNames(shell: Shell, action: Action, word: string): string[] {
  if (action === 'file' || action === 'directory') return [...paths(shell, word, action === 'file' ? 'all' : 'directories').names]
  if (action === 'command') return commands(shell, word)
  return [...all(shell, action)].filter((name) => name.startsWith(word))
}

function all(shell: Shell, action: Exclude<Action, 'file' | 'directory' | 'command'>): Iterable<string> {
  switch (action) {
    case 'alias':
      return shell.aliases.keys()
    case 'arrayvar':
      return shell.vars.names().filter((name) => shell.vars.all.get(name)?.isArray)
    case 'builtin':
      return [...builtins().keys()].sort()
    case 'enabled':
      return [...builtins().keys()].filter((name) => !shell.disabled.has(name))
    case 'disabled':
      return shell.disabled
    case 'export':
      return shell.vars.names().filter((name) => shell.vars.all.get(name)?.exported)
    case 'variable':
      return shell.vars.names().filter((name) => shell.vars.all.get(name)?.isSet)
    case 'function':
      return shell.functions.keys()
    case 'group':
      return firstFields(readNow(shell.sys, '/etc/group'))
    case 'user':
      return userNames(shell)
    case 'helptopic':
      return [...builtins().keys()].sort()
    case 'job':
      return shell.jobs.list.map((job) => job.text)
    case 'running':
      return shell.jobs.list.filter((job) => stateOf(job) === 'running').map((job) => job.text)
    case 'stopped':
      return shell.jobs.list.filter((job) => stateOf(job) === 'stopped').map((job) => job.text)
    case 'keyword':
      return KEYWORDS
    case 'setopt':
      return SET_OPTIONS.map(([name]) => name)
    case 'shopt':
      return SHOPT_OPTIONS
    case 'signal':
      return ['EXIT', ...Array.from({ length: 64 }, (_, i) => signalName(i + 1)).flatMap((name, i) => (name === undefined ? [`JUNK(${i + 1})`] : [`SIG${name}`])), 'DEBUG', 'ERR', 'RETURN']
    case 'service':
      return (readNow(shell.sys, '/etc/services') ?? '').split('\n').flatMap((line) => /^([^\s#]\S*)/.exec(line)?.[1] ?? [])
    case 'hostname':
      return (readNow(shell.sys, '/etc/hosts') ?? '').split('\n').flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1))
    default:
      return []
  }
}

const firstFields = (text: string | undefined): string[] => (text ?? '').split('\n').flatMap((line) => (line.includes(':') ? [line.slice(0, line.indexOf(':'))] : []))

/** A list of words cut at the separators of $IFS that are not quoted. */
function pieces(text: string, ifs: string): string[] {
  const found: string[] = []
  let from = 0
  for (let i = 0; i <= text.length; ) {
    const c = text[i]
    if (c === undefined || ifs.includes(c)) {
      if (i > from) found.push(text.slice(from, i))
      from = ++i
      continue
    }
    const end = c === "'" ? skipSingle(text, i + 1) : c === '"' ? skipDouble(text, i + 1) : c === '$' ? skipDollar(text, i, 'bare') : c === '\\' ? i + 2 : i + 1
    i = end < 0 ? text.length : end
  }
  return found
}
