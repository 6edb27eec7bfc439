/** Words to arguments, in bash's order (bash(1), EXPANSION): braces, tilde, parameters, commands, arithmetic, splitting, paths, quotes. */
import type { Run } from '../../kernel/run'
import { ExpansionError } from '../control'
import { type Compiled, compileWord, type Context, type Part } from '../lexing/word'
import type { Shell } from '../shell'
import { ArithmeticError, evaluate } from './arithmetic'
import { braceExpand } from './brace'
import { commandSubstitute, processSubstitute } from './command'
import { type Field, Fields, type FieldMode } from './fields'
import { glob } from './glob'
import { matches } from './pattern'
import { emitParameter } from './parameter'
import { tildeExpand } from './tilde'

/** All of a command's words. */
export function* expandWords(shell: Shell, words: readonly string[]): Run<string[]> {
  const args: string[] = []
  for (const word of words) {
    const compiled = compileWord(word)
    if (compiled.plain !== undefined) args.push(compiled.plain)
    else yield* expandWord(shell, word, args)
  }
  return args
}

export function* expandWord(shell: Shell, word: string, args: string[]): Run {
  const texts = shell.options.has('braceexpand') ? braceExpand(word) : [word]
  for (const text of texts) {
    const compiled = compileWord(text)
    if (compiled.plain !== undefined) {
      if (compiled.plain !== '' || texts.length === 1) args.push(compiled.plain)
      continue
    }
    const fields = new Fields('split', shell.ifs)
    yield* emit(shell, compiled.parts, fields, isAssignmentLike(text) ? 'assignment' : 'word')
    for (const field of fields.end()) if (field.keep || field.value !== '') place(shell, field, args)
  }
}

/** `export a=~/x`-like words of other commands: bash expands a tilde after `name=` too (not in POSIX mode). */
const isAssignmentLike = (text: string): boolean => /^[A-Za-z_]\w*=~/.test(text)

function place(shell: Shell, field: Field, args: string[]): void {
  if (!field.globs || shell.options.has('noglob')) {
    args.push(field.value)
    return
  }
  const ignored = shell.vars.get('GLOBIGNORE') ?? ''
  const found = glob(shell.sys, field.pattern, { dotglob: shell.options.isShopt('dotglob') || ignored !== '', nocase: shell.options.isShopt('nocaseglob'), globstar: shell.options.isShopt('globstar') })
  const paths = ignored === '' ? found : found.filter((path) => !ignored.split(':').some((pattern) => matches(pattern, path)))
  if (paths.length > 0) args.push(...paths)
  else if (shell.options.isShopt('failglob')) throw new ExpansionError(`no match: ${field.value}`)
  else if (!shell.options.isShopt('nullglob')) args.push(field.value)
}

export type TildePlace = 'word' | 'assignment' | 'none'

/** One word without splitting: the right side of an assignment, a here string, the word of `case`. */
export function* expandString(shell: Shell, text: string, tilde: TildePlace = 'word', context: Context = 'word'): Run<string> {
  const compiled = compileWord(text, context)
  if (compiled.plain !== undefined) return compiled.plain
  const field = yield* joined(shell, compiled, 'join', tilde)
  return field?.value ?? ''
}

/** A pattern: quoted characters stand behind a backslash. */
export function* expandPattern(shell: Shell, text: string, context: Context = 'word'): Run<string> {
  const compiled = compileWord(text, context)
  if (compiled.plain !== undefined) return compiled.plain
  const field = yield* joined(shell, compiled, 'join', 'word')
  return field?.pattern ?? ''
}

/** The right side of `=~`. */
export function* expandRegex(shell: Shell, text: string): Run<string> {
  const field = yield* joined(shell, compileWord(text), 'regex', 'none')
  return field?.pattern ?? ''
}

/** Text with double quotes' rules: here documents, prompts, arithmetic. */
export const expandHere = (shell: Shell, text: string): Run<string> => expandString(shell, text, 'none', 'here')

function* joined(shell: Shell, compiled: Compiled, mode: FieldMode, tilde: TildePlace): Run<Field | undefined> {
  const fields = new Fields(mode, shell.ifs)
  yield* emit(shell, compiled.parts, fields, tilde)
  const list = fields.end()
  if (list.length <= 1) return list[0]
  return { value: list.map((f) => f.value).join(' '), pattern: list.map((f) => f.pattern).join(' '), globs: false, keep: true }
}

export function* emit(shell: Shell, parts: readonly Part[], fields: Fields, tilde: TildePlace, literals: 'literal' | 'split' = 'literal'): Run {
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as Part
    switch (part.kind) {
      case 'literal': {
        let { text } = part
        if (tilde !== 'none' && text.includes('~')) text = tildeExpand(shell, text, i === 0 ? 'start' : 'middle', i === parts.length - 1 ? 'last' : 'more', tilde)
        if (literals === 'split') fields.split(text)
        else fields.literal(text)
        break
      }
      case 'quoted':
        fields.quoted(part.text)
        break
      case 'double':
        if (part.parts.length === 0) fields.quoted('')
        else yield* emit(shell, part.parts, fields, 'none')
        break
      case 'parameter':
        yield* emitParameter(shell, part.parameter, part.quoted, fields)
        break
      case 'command': {
        const text = yield* commandSubstitute(shell, part.source)
        if (part.quoted) fields.quoted(text)
        else fields.split(text)
        break
      }
      case 'arithmetic': {
        const text = String(yield* arithmetic(shell, part.source))
        if (part.quoted) fields.quoted(text)
        else fields.split(text)
        break
      }
      case 'process':
        fields.quoted(yield* processSubstitute(shell, part.operator, part.source))
    }
  }
}

/** The value of an arithmetic expression whose text is still to be expanded. `who` stands before the message (`((`, `let`). */
export function* arithmetic(shell: Shell, source: string, who = ''): Run<bigint> {
  const text = /[$`"'\\]/.test(source) ? yield* expandString(shell, source.replace(/"/g, ''), 'none', 'double') : source
  return shell.arithmetic(text, who)
}

export { ArithmeticError, evaluate }
