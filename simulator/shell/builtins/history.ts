/** `history` (bash(1), SHELL BUILTIN COMMANDS). */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import type { Shell } from '../shell'
import { expandHistory } from '../history/expand'
import { strftime } from '../strftime'
import { parseOptions, usage } from './options'

const USAGE = 'history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]'

export default {
  name: 'history',
  *run(shell, { args }) {
    if (shell.dialect === 'dash') {
      yield* shell.write(1, shell.history.lines.map((line, i) => `${String(i).padStart(4)} ${line}\n`).join(''))
      return 0
    }
    const parsed = parseOptions(args, 'acd:npsrw')
    if ('bad' in parsed) return yield* usage(shell, 'history', parsed.bad, USAGE)
    const { flags, rest } = parsed
    const { history } = shell
    if (flags.has('c')) history.clear()
    const offset = flags.get('d')
    if (offset !== undefined) {
      const at = /^-?\d+$/.test(offset) ? (Number(offset) < 0 ? history.length + Number(offset) : Number(offset) - history.base) : -1
      if (at < 0 || at >= history.length) {
        yield* shell.error(`history: ${offset}: history position out of range`)
        return 1
      }
      history.drop(at)
      return 0
    }
    if (flags.has('s')) {
      // The command itself does not stay in the list.
      history.takeBack()
      if (rest.length > 0) history.add(rest.join(' '))
      return 0
    }
    if (flags.has('p')) {
      history.takeBack()
      for (const text of rest) {
        const made = expandHistory(text, history, history.expansion)
        if (made.kind === 'error') {
          yield* shell.error(`history: ${text}: history expansion failed`)
          return 1
        }
        yield* shell.write(1, `${made.kind === 'same' ? text : made.text}\n`)
      }
      return 0
    }
    const path = rest[0] ?? shell.vars.get('HISTFILE')
    for (const letter of ['a', 'n', 'r', 'w']) if (flags.has(letter)) return path === undefined ? 1 : yield* file(shell, letter, path)
    if (flags.has('c')) return 0
    const [wanted] = rest
    if (wanted !== undefined && !/^[-+]?\d+$/.test(wanted)) {
      yield* shell.error(`history: ${wanted}: numeric argument required`)
      return 1
    }
    if (rest.length > 1) {
      yield* shell.error('history: too many arguments')
      return 1
    }
    const from = Math.max(0, history.length - Math.abs(Number(wanted ?? history.length)))
    const format = shell.vars.get('HISTTIMEFORMAT')
    yield* shell.write(1, history.lines.slice(from).map((line, i) => {
      const time = format === undefined ? '' : strftime(format, history.times[from + i] || shell.sys.now().sec)
      return `${String(history.base + from + i).padStart(5)}  ${time}${line}\n`
    }).join(''))
    return 0
  },
} satisfies Builtin

function* file(shell: Shell, letter: string, path: string): Run<number> {
  const { history } = shell
  try {
    if (letter === 'r' || letter === 'n') history.read(decode(yield* shell.sys.readFile(path)))
    else if (letter === 'w') yield* shell.sys.writeFile(path, encode(history.lines.map((line) => `${line}\n`).join('')), { mode: 0o600 })
    else yield* history.append(shell.sys, path)
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    yield* shell.error(`history: ${path}: cannot ${letter === 'r' || letter === 'n' ? 'read' : 'create'}: ${error.message}`)
    return 1
  }
}
