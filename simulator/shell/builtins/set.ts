/** `set`, `shift`, `shopt` (bash(1), "The Set Builtin", "The Shopt Builtin"). */
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import { arrayText } from '../expand/parameter'
import { quoteWhenNeeded } from '../expand/quote'
import { SET_OPTIONS, setOptionNamed, setOptionOfLetter, SHOPT_OPTIONS, shoptNamed } from '../options'
import { functionText } from '../print'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

const USAGE = 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]'

/** `set`'s own reading of options; the shell's command line uses it too. Undefined when all was well. */
export function applySet(shell: Shell, args: readonly string[], from: number): { at: number; bad?: string; list?: 'names' | 'commands'; positional?: true } {
  let at = from
  for (; at < args.length; at++) {
    const arg = args[at] as string
    if (arg === '--' || arg === '-') {
      if (arg === '-') for (const name of ['xtrace', 'verbose'] as const) shell.options.turn(name, 'off')
      return { at: at + 1, positional: true }
    }
    if (!/^[-+]./.test(arg)) break
    const state = arg[0] === '-' ? 'on' : 'off'
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const name = args[at + 1]
        if (name === undefined || /^[-+]/.test(name)) return { at: at + 1, list: state === 'on' ? 'names' : 'commands' }
        const option = setOptionNamed(name)
        if (!option) return { at, bad: `${name}: invalid option name` }
        shell.options.turn(option, state)
        at++
        continue
      }
      const option = setOptionOfLetter(letter)
      if (!option) return { at, bad: `${arg[0]}${letter}: invalid option` }
      shell.options.turn(option, state)
    }
  }
  return { at }
}

export default [
  {
    name: 'set',
    writes: true,
    special: true,
    *run(shell, { args }) {
      if (args.length === 1) return yield* listVariables(shell)
      const done = applySet(shell, args, 1)
      if (done.bad !== undefined) {
        yield* shell.error(`set: ${done.bad}`)
        if (done.bad.endsWith('invalid option')) yield* shell.write(2, `set: usage: ${USAGE}\n`)
        return 2
      }
      if (done.list) {
        const lines = SET_OPTIONS.map(([name]) => (done.list === 'names' ? `${name.padEnd(15)}\t${shell.options.has(name) ? 'on' : 'off'}\n` : `set ${shell.options.has(name) ? '-' : '+'}o ${name}\n`))
        yield* shell.write(1, lines.join(''))
        return 0
      }
      if (done.positional ? args[done.at - 1] === '--' || done.at < args.length : done.at < args.length) shell.setPositional(args.slice(done.at))
      return 0
    },
  },
  {
    name: 'shift',
    special: true,
    *run(shell, { args }) {
      const count = args[1] === undefined ? 1 : Number(args[1])
      if (Number.isNaN(count)) {
        yield* shell.error(`shift: ${args[1]}: numeric argument required`)
        return 1
      }
      if (count < 0) {
        yield* shell.error(`shift: ${args[1]}: shift count out of range`)
        return 1
      }
      if (count > shell.positional.length) return 1
      shell.positional = shell.positional.slice(count)
      return 0
    },
  },
  {
    name: 'shopt',
    writes: true,
    *run(shell, { args }) {
      const parsed = parseOptions(args, 'psuqo')
      if ('bad' in parsed) return yield* usage(shell, 'shopt', parsed.bad, 'shopt [-pqsu] [-o] [optname ...]')
      const { flags, rest } = parsed
      let status = 0
      const known: readonly string[] = flags.has('o') ? SET_OPTIONS.map(([name]) => name) : SHOPT_OPTIONS
      const isOn = (name: string): boolean => {
        const set = flags.has('o') ? setOptionNamed(name) : undefined
        const option = flags.has('o') ? undefined : shoptNamed(name)
        return set ? shell.options.has(set) : option ? shell.options.isShopt(option) : false
      }
      const line = (name: string): string => (flags.has('p') ? (flags.has('o') ? `set ${isOn(name) ? '-' : '+'}o ${name}\n` : `shopt -${isOn(name) ? 's' : 'u'} ${name}\n`) : `${name.padEnd(15)}\t${isOn(name) ? 'on' : 'off'}\n`)
      if (rest.length === 0) {
        yield* shell.write(1, known.filter((name) => (flags.has('s') ? isOn(name) : flags.has('u') ? !isOn(name) : true)).map(line).join(''))
        return 0
      }
      for (const name of rest) {
        if (!known.includes(name)) {
          yield* shell.error(`shopt: ${name}: invalid ${flags.has('o') ? 'option name' : 'shell option name'}`)
          status = 1
        } else if (flags.has('s') || flags.has('u')) {
          const set = flags.has('o') ? setOptionNamed(name) : undefined
          const option = flags.has('o') ? undefined : shoptNamed(name)
          if (set) shell.options.turn(set, flags.has('s') ? 'on' : 'off')
          if (option) shell.options.turnShopt(option, flags.has('s') ? 'on' : 'off')
        } else {
          if (!isOn(name)) status = 1
          if (!flags.has('q')) yield* shell.write(1, line(name))
        }
      }
      return status
    },
  },
] satisfies Builtin[]

function* listVariables(shell: Shell): Run<number> {
  const lines: string[] = []
  for (const name of shell.vars.names()) {
    const variable = shell.vars.find(name)
    if (!variable || (variable.value === undefined && !variable.isArray) || name === 'BASH_REMATCH') continue
    lines.push(`${name}=${variable.isArray ? arrayText(variable) : quoteWhenNeeded(variable.value ?? '')}\n`)
  }
  if (!shell.options.has('posix')) for (const name of [...shell.functions.keys()].sort()) lines.push(`${functionText(shell.functions.get(name) as never)}\n`)
  yield* shell.write(1, lines.join(''))
  return 0
}
