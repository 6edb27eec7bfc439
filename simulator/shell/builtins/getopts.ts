/** `getopts` (bash(1), SHELL BUILTIN COMMANDS). */
import type { Run } from '../../kernel/run'
import type { Builtin, Invocation } from '../builtins'
import type { Shell } from '../shell'
import { usage } from './options'

export default { name: 'getopts', run: getopts } satisfies Builtin

function* getopts(shell: Shell, { args }: Invocation): Run<number> {
  const [, spec, name] = args
  if (spec === undefined || name === undefined) return yield* usage(shell, 'getopts', '', 'getopts optstring name [arg ...]')
  const list = args.length > 3 ? args.slice(3) : shell.positional
  const quiet = spec.startsWith(':')
  let index = Number(shell.vars.get('OPTIND') ?? 1)
  const finish = (): number => {
    shell.assign(name, '?')
    shell.vars.put('OPTIND', String(index))
    shell.getoptsAt = 0
    return 1
  }
  const arg = list[index - 1]
  if (shell.getoptsAt === 0) {
    if (arg === '--') index++
    if (arg === undefined || arg === '--' || arg === '-' || !arg.startsWith('-')) return finish()
    shell.getoptsAt = 1
  }
  const text = arg ?? ''
  const letter = text[shell.getoptsAt] ?? ''
  let at = shell.getoptsAt + 1
  const place = letter === ':' ? -1 : spec.indexOf(letter)
  const advance = (): void => {
    if (at >= text.length) {
      index++
      at = 0
    }
  }
  let value = letter
  if (place < 0) {
    value = '?'
    if (quiet) shell.assign('OPTARG', letter)
    else {
      shell.vars.unset('OPTARG')
      if (shell.vars.get('OPTERR') !== '0') yield* shell.write(2, `${shell.name}: illegal option -- ${letter}\n`)
    }
    advance()
  } else if (spec[place + 1] === ':') {
    const inline = text.slice(at)
    index++
    at = 0
    const operand = inline === '' ? list[index++ - 1] : inline
    if (operand === undefined) {
      index--
      value = quiet ? ':' : '?'
      if (quiet) shell.assign('OPTARG', letter)
      else {
        shell.vars.unset('OPTARG')
        if (shell.vars.get('OPTERR') !== '0') yield* shell.write(2, `${shell.name}: option requires an argument -- ${letter}\n`)
      }
    } else shell.assign('OPTARG', operand)
  } else {
    shell.vars.unset('OPTARG')
    advance()
  }
  shell.assign(name, value)
  shell.vars.put('OPTIND', String(index))
  shell.getoptsAt = at
  return 0
}
