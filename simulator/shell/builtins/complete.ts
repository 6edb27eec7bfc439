/** `complete`, `compgen`, `compopt` (bash(1), "Programmable Completion"). */
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import { finished, generate } from '../completion/generate'
import { callCompletion } from '../completion/call'
import { ACTION_LETTERS, ACTIONS, type Action, COMPLETION_OPTIONS, type CompletionOption, type CompletionSpec, DEFAULT, EMPTY_LINE, INITIAL_WORD, specText } from '../completion/spec'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

const USAGE = {
  complete: 'complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]',
  compgen: 'compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]',
  compopt: 'compopt [-o|+o option] [-DEI] [name ...]',
}

interface Given {
  readonly spec: CompletionSpec
  readonly rest: readonly string[]
  readonly flags: ReadonlyMap<string, string>
}

/** Reads what `complete` and `compgen` share; a number is the status after a message. */
function* read(shell: Shell, who: 'complete' | 'compgen', args: readonly string[]): Run<Given | number> {
  const actions = new Set<Action>()
  const options = new Set<CompletionOption>()
  const parsed = parseOptions(args, `abcdefgjksuv${who === 'complete' ? 'prDEI' : ''}o:A:G:W:F:C:X:P:S:`)
  if ('bad' in parsed) return yield* usage(shell, who, parsed.bad, USAGE[who])
  // Options that may be given several times: read from the words themselves.
  for (let i = 1; i < parsed.at; i++) {
    const option = /^-[a-z]*o$/.test(args[i] as string) ? args[++i] : undefined
    if (option === undefined) {
      const action = /^-[a-z]*A$/.test(args[i] as string) ? args[++i] : undefined
      if (action === undefined) continue
      const known = ACTIONS.find((name) => name === action)
      if (!known) {
        yield* shell.error(`${who}: ${action}: invalid action name`)
        return 2
      }
      actions.add(known)
      continue
    }
    const known = COMPLETION_OPTIONS.find((name) => name === option)
    if (!known) {
      yield* shell.error(`${who}: ${option}: invalid option name`)
      return 2
    }
    options.add(known)
  }
  const { flags, rest } = parsed
  for (const letter of flags.keys()) {
    const action = ACTION_LETTERS[letter]
    if (action) actions.add(action)
  }
  const spec = { actions, options, glob: flags.get('G'), words: flags.get('W'), prefix: flags.get('P'), suffix: flags.get('S'), filter: flags.get('X'), call: flags.get('F'), command: flags.get('C') }
  return { spec, rest, flags }
}

/** The names a call is about: those of -D, -E, -I count as names. */
function targets(flags: ReadonlyMap<string, string>, rest: readonly string[]): readonly string[] {
  const special = [...(flags.has('D') ? [DEFAULT] : []), ...(flags.has('E') ? [EMPTY_LINE] : []), ...(flags.has('I') ? [INITIAL_WORD] : [])]
  return special.length > 0 ? special : rest
}

export default [
  {
    name: 'complete',
    *run(shell, { args }) {
      const given = yield* read(shell, 'complete', args)
      if (typeof given === 'number') return given
      const { flags, spec } = given
      const names = targets(flags, given.rest)
      if (flags.has('r')) {
        if (names.length === 0) shell.completions.clear()
        let status = 0
        for (const name of names) {
          if (shell.completions.delete(name)) continue
          yield* shell.error(`complete: ${name}: no completion specification`)
          status = 1
        }
        return status
      }
      if (flags.has('p') || args.length === 1) {
        let status = 0
        for (const name of names.length > 0 ? names : shell.completions.keys()) {
          const known = shell.completions.get(name)
          if (known) yield* shell.write(1, specText(name, known))
          else {
            yield* shell.error(`complete: ${name}: no completion specification`)
            status = 1
          }
        }
        return status
      }
      if (names.length === 0) return yield* usage(shell, 'complete', '', USAGE.complete)
      for (const name of names) shell.completions.set(name, spec)
      return 0
    },
  },
  {
    name: 'compgen',
    *run(shell, { args }) {
      const given = yield* read(shell, 'compgen', args)
      if (typeof given === 'number') return given
      const word = given.rest[0] ?? ''
      const { spec } = given
      if (spec.call !== undefined) yield* shell.error('compgen: warning: -F option may not work as you expect')
      const names = yield* generate(shell, spec, word)
      if (spec.call !== undefined) names.push(...(yield* callCompletion(shell, spec.call, { command: 'compgen', words: [], word, previous: '', line: '' })).names)
      const shown = finished(spec, word, names)
      yield* shell.write(1, shown.map((name) => `${name}\n`).join(''))
      return shown.length > 0 ? 0 : 1
    },
  },
  {
    name: 'compopt',
    *run(shell, { args }) {
      const on = new Set<CompletionOption>()
      const off = new Set<CompletionOption>()
      const names: string[] = []
      for (let i = 1; i < args.length; i++) {
        const arg = args[i] as string
        if (arg === '-o' || arg === '+o') {
          const option = COMPLETION_OPTIONS.find((name) => name === args[i + 1])
          if (!option) {
            yield* shell.error(`compopt: ${args[i + 1] ?? ''}: invalid option name`)
            return 2
          }
          ;(arg === '-o' ? on : off).add(option)
          i++
        } else if (/^-[DEI]$/.test(arg)) names.push(arg)
        else if (arg.startsWith('-') && arg !== '--') return yield* usage(shell, 'compopt', `${arg}: invalid option`, USAGE.compopt)
        else if (arg !== '--') names.push(arg)
      }
      const changed = (spec: CompletionSpec): CompletionSpec => ({ ...spec, options: new Set([...[...spec.options].filter((option) => !off.has(option)), ...on]) })
      if (names.length === 0) {
        if (!shell.completing) {
          yield* shell.error('compopt: not currently executing completion function')
          return 1
        }
        shell.completing = changed(shell.completing)
        return 0
      }
      let status = 0
      for (const name of names) {
        const spec = shell.completions.get(name)
        if (spec) shell.completions.set(name, changed(spec))
        else {
          yield* shell.error(`compopt: ${name}: no completion specification`)
          status = 1
        }
      }
      return status
    },
  },
] satisfies Builtin[]
