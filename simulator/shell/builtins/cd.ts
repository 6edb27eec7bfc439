/** `cd` (bash(1), SHELL BUILTIN COMMANDS). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'

export default {
  name: 'cd',
  writes: true,
  *run(shell, { args }) {
    const parsed = parseOptions(args, 'LPe@')
    if ('bad' in parsed) return yield* usage(shell, 'cd', parsed.bad, 'cd [-L|[-P [-e]] [-@]] [dir]')
    const { rest, flags } = parsed
    if (rest.length > 1) {
      yield* shell.error('cd: too many arguments')
      return 1
    }
    let [target] = rest
    let show = false
    if (target === undefined) {
      target = shell.vars.get('HOME')
      if (target === undefined) {
        yield* shell.error('cd: HOME not set')
        return 1
      }
    } else if (target === '-') {
      target = shell.vars.get('OLDPWD')
      if (target === undefined) {
        yield* shell.error('cd: OLDPWD not set')
        return 1
      }
      show = true
    }
    if (target === '') return 0
    if (!/^\.{0,2}\//.test(target) && target !== '.' && target !== '..') {
      for (const base of (shell.vars.get('CDPATH') ?? '').split(':')) {
        if (base === '') continue
        if ((yield* change(shell, `${base}/${target}`, 'logical', 'quiet')) === 0) {
          yield* shell.write(1, `${shell.vars.get('PWD')}\n`)
          return 0
        }
      }
    }
    const status = yield* change(shell, target, flags.has('P') || shell.options.has('physical') ? 'physical' : 'logical', 'tell')
    if (status === 0 && show) yield* shell.write(1, `${shell.vars.get('PWD')}\n`)
    return status
  },
} satisfies Builtin

/** Goes to `target`; PWD and OLDPWD follow. */
export function* change(shell: Shell, target: string, how: 'logical' | 'physical', voice: 'tell' | 'quiet', who = 'cd'): Run<number> {
  const { sys } = shell
  const before = shell.vars.get('PWD') ?? sys.getcwd()
  const path = how === 'logical' ? logical(before, target) : target
  try {
    try {
      sys.chdir(path)
    } catch (error) {
      if (path === target || !isErrno(error)) throw error
      sys.chdir(target)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    if (voice === 'tell') yield* shell.error(shell.dialect === 'dash' ? `cd: can't cd to ${target}` : `${who}: ${target}: ${error.message}`)
    return shell.dialect === 'dash' ? 2 : 1
  }
  shell.vars.put('OLDPWD', before)
  shell.vars.make('OLDPWD').exported = true
  shell.vars.put('PWD', how === 'logical' ? path : sys.getcwd())
  shell.vars.make('PWD').exported = true
  shell.vars.exportsChanged = true
  return 0
}

function logical(base: string, target: string): string {
  const parts: string[] = []
  for (const part of (target.startsWith('/') ? target : `${base}/${target}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
