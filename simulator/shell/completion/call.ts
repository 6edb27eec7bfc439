/** Calls a completion function: what it finds in COMP_WORDS, what it leaves in COMPREPLY (bash(1), "Programmable Completion"). */
import type { Run } from '../../kernel/run'
import { callFunction } from '../execute/function'
import type { Shell } from '../shell'

export interface CompletionContext {
  readonly command: string
  /** The words before the one that is completed, the command's name first. */
  readonly words: readonly string[]
  readonly word: string
  readonly previous: string
  readonly line: string
}

/** The status of a function that wants completion to be tried again. */
const AGAIN = 124

export function* callCompletion(shell: Shell, name: string, context: CompletionContext): Run<{ names: string[]; again: boolean }> {
  const definition = shell.functions.get(name)
  if (!definition) {
    yield* shell.error(`${name}: command not found`)
    return { names: [], again: false }
  }
  const { vars } = shell
  vars.putList('COMP_WORDS', [...context.words, context.word])
  vars.put('COMP_CWORD', String(context.words.length))
  vars.put('COMP_LINE', context.line)
  vars.put('COMP_POINT', String(context.line.length))
  vars.put('COMP_TYPE', '9')
  vars.put('COMP_KEY', '9')
  vars.unset('COMPREPLY')
  const { status } = shell
  const result = yield* callFunction(shell, definition, [context.command, context.word, context.previous])
  shell.status = status
  const names = vars.find('COMPREPLY')?.values() ?? []
  for (const variable of ['COMP_WORDS', 'COMP_CWORD', 'COMP_LINE', 'COMP_POINT', 'COMP_TYPE', 'COMP_KEY', 'COMPREPLY']) vars.unset(variable)
  return { names, again: result === AGAIN }
}
