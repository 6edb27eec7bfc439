/** `trap` (bash(1), SHELL BUILTIN COMMANDS). */
import { signalNumber } from '../../kernel/signals'
import type { Builtin } from '../builtins'
import { singleQuote } from '../expand/quote'
import { trapName } from '../traps'

/** EXIT first, then signals by number, then DEBUG, ERR and RETURN. */
function byNumber([a]: [string, string], [b]: [string, string]): number {
  const rank = (name: string): number => (name === 'EXIT' ? 0 : name.startsWith('SIG') ? (signalNumber(name.slice(3)) ?? 64) : 100 + ['DEBUG', 'ERR', 'RETURN'].indexOf(name))
  return rank(a) - rank(b)
}

export default {
  name: 'trap',
  writes: true,
  special: true,
  *run(shell, { args }) {
    const rest = args.slice(args[1] === '--' ? 2 : 1)
    const [action, ...names] = rest
    if (action === undefined || action === '-p') {
      const wanted = names.map((name) => trapName(name))
      for (const [name, command] of [...(shell.traps.inherited ?? shell.traps.commands)].sort(byNumber)) if (wanted.length === 0 || wanted.includes(name)) yield* shell.write(1, `trap -- ${singleQuote(command)} ${name}\n`)
      return 0
    }
    if (action === '-l') return yield* shell.runText('kill -l')
    const clears = action === '-' || (names.length === 0 && trapName(action) !== undefined)
    let status = 0
    for (const text of names.length === 0 ? [action] : names) {
      const name = trapName(text)
      if (name === undefined) {
        yield* shell.error(`trap: ${text}: invalid signal specification`)
        status = 1
      } else if (clears) shell.traps.clear(name, name === 'SIGINT' && shell.interactive ? () => shell.interrupt() : (name === 'SIGTERM' || name === 'SIGQUIT') && shell.interactive ? 'ignore' : 'default')
      else shell.traps.set(name, action)
    }
    return status
  },
} satisfies Builtin
