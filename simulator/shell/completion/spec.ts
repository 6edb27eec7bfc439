/** A completion specification: what `complete` says about a command (bash(1), "Programmable Completion"). */
import { quoteWhenNeeded, singleQuote } from '../expand/quote'

export const ACTIONS = [
  'alias', 'arrayvar', 'binding', 'builtin', 'command', 'directory', 'disabled', 'enabled', 'export', 'file', 'function', 'group', 'helptopic', 'hostname', 'job',
  'keyword', 'running', 'service', 'setopt', 'shopt', 'signal', 'stopped', 'user', 'variable',
] as const
export type Action = (typeof ACTIONS)[number]

export const ACTION_LETTERS: Readonly<Record<string, Action>> = {
  a: 'alias', b: 'builtin', c: 'command', d: 'directory', e: 'export', f: 'file', g: 'group', j: 'job', k: 'keyword', s: 'service', u: 'user', v: 'variable',
}
export const COMPLETION_OPTIONS = ['bashdefault', 'default', 'dirnames', 'filenames', 'noquote', 'nosort', 'nospace', 'plusdirs'] as const
export type CompletionOption = (typeof COMPLETION_OPTIONS)[number]

export interface CompletionSpec {
  readonly actions: ReadonlySet<Action>
  readonly options: ReadonlySet<CompletionOption>
  readonly glob?: string | undefined
  readonly words?: string | undefined
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly filter?: string | undefined
  readonly call?: string | undefined
  readonly command?: string | undefined
}

/** For which command a specification stands when no name does. */
export const EMPTY_LINE = '-E'
export const DEFAULT = '-D'
export const INITIAL_WORD = '-I'

/** The command that would make it, as `complete -p` prints it. */
export function specText(name: string, spec: CompletionSpec): string {
  const parts = ['complete']
  for (const option of COMPLETION_OPTIONS) if (spec.options.has(option)) parts.push(`-o ${option}`)
  for (const [letter, action] of Object.entries(ACTION_LETTERS)) if (spec.actions.has(action)) parts.push(`-${letter}`)
  for (const action of ACTIONS) if (spec.actions.has(action) && !Object.values(ACTION_LETTERS).includes(action)) parts.push(`-A ${action}`)
  const quoted: [string, string | undefined][] = [['G', spec.glob], ['W', spec.words], ['P', spec.prefix], ['S', spec.suffix], ['X', spec.filter], ['C', spec.command]]
  for (const [letter, value] of quoted) if (value !== undefined) parts.push(`-${letter} ${singleQuote(value)}`)
  if (spec.call !== undefined) parts.push(`-F ${quoteWhenNeeded(spec.call)}`)
  parts.push(name === '' ? "''" : name)
  return `${parts.join(' ')}\n`
}
