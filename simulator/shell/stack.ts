/** The calls that are running, innermost first: what FUNCNAME, BASH_SOURCE and BASH_LINENO show (bash(1), "Shell Variables"). */
import type { Shell } from './shell'

export interface StackEntry {
  readonly name: string
  /** The file in which the function was defined; `environment` when no file was. */
  readonly source: string
  /** The line of the call. */
  readonly line: number
}

export function callStack(shell: Shell): StackEntry[] {
  const entries = [...shell.frames].reverse().map((frame) => ({ name: frame.name, source: frame.kind === 'function' && frame.source === shell.errorName ? definedIn(shell) : frame.source, line: frame.line }))
  if (shell.mode === 'script' && !shell.commandString && shell.fileName !== undefined) entries.push({ name: 'main', source: shell.fileName, line: 0 })
  return entries
}

/** What stands for the source of a function that no file has defined. */
const definedIn = (shell: Shell): string => (shell.mode === 'script' ? (shell.commandString || shell.fileName === undefined ? 'environment' : shell.fileName) : 'main')
