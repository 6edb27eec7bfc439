/** The words of busybox ash (shell/ash.c ash_vmsg): a builtin names itself and its line, other failures only themselves. */
import { builtinNamed } from './builtins'
import type { Shell } from './shell'

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(cd: )can't cd to (.*)$/, "$1can't cd to $2: No such file or directory"],
  [/^(\.|source): (.*): No such file or directory$/, "$1: can't open '$2': No such file or directory"],
  [/^(exit|return|shift): (.*): numeric argument required$/, '$1: Illegal number: $2'],
  [/^(\S+): unbound variable$/, '$1: parameter not set'],
  [/^(\S+): readonly variable$/, '$1: is read only'],
  [/^.*division by 0.*$/, 'divide by zero'],
  [/^(?:kill: )\((\d+)\) - (.*)$/, "can't kill pid $1: $2"],
  [/^(?:test|\[): (\S+): integer expression expected$/, '$1: bad number'],
  [/^\[: missing `\]'$/, 'missing ]'],
]

export function ashWords(shell: Shell, message: string): string {
  const text = WORDS.reduce((words, [pattern, by]) => words.replace(pattern, by), message)
  const [, name = '', rest = ''] = /^(\S+): ([\s\S]*)$/.exec(text) ?? []
  if (rest === 'not found' || !builtinNamed(shell, name)) return text
  // What is typed has no line.
  if (shell.interactive) return text
  return `${name}: line ${isFromFile(shell) ? shell.line : shell.line - 1}: ${rest}`
}

/** A script that was named: what stands on standard input or after -c counts its lines from 0 and names none. */
const isFromFile = (shell: Shell): boolean => !shell.commandString && shell.mode === 'script' && shell.name !== shell.sys.argv[0]

export function ashPrefix(shell: Shell, message: string): string {
  const isBuiltin = /^\S+: line \d+: /.test(message)
  return isFromFile(shell) && !isBuiltin ? `${shell.errorName}: line ${shell.line}: ` : `${shell.errorName}: `
}

/** `sh: syntax error: unexpected "then"`. */
export function ashSyntax(shell: Shell, line: number, dash: string): string {
  const token = /^Syntax error: "(.*)" unexpected$/.exec(dash)?.[1]
  const text = token !== undefined ? `unexpected "${token}"` : dash.includes('Unterminated') ? 'unterminated quoted string' : dash.includes('newline') ? 'unexpected newline' : 'unexpected end of file'
  return `${shell.errorName}: ${isFromFile(shell) ? `line ${line}: ` : ''}syntax error: ${text}\n`
}

/** The words of dash for what bash says of a text that cannot be parsed. */
export const dashSyntax = (text: string): string => {
  const token = /near unexpected token `(.*)'$/.exec(text)?.[1]
  if (token !== undefined) return token === 'newline' ? 'Syntax error: newline unexpected' : `Syntax error: "${token}" unexpected`
  if (text.includes('matching `"')) return 'Syntax error: Unterminated quoted string'
  if (text.includes("matching `'")) return 'Syntax error: Unterminated quoted string'
  return 'Syntax error: end of file unexpected'
}

