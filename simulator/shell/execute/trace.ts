/** What `set -x` and DEBUG traps see of a command before it runs (bash(1), "The Set Builtin", `trap`). */
import type { CommandNode } from 'unbash'
import type { Run } from '../../kernel/run'
import { expandString } from '../expand/words'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'

/** One line of `set -x`: $PS4, its first character once for each level of substitution, and the text. */
export function* trace(shell: Shell, text: string): Run {
  if (!shell.options.has('xtrace')) return
  yield* shell.write(2, `${yield* traceLead(shell)}${text}\n`)
}

function* traceLead(shell: Shell): Run<string> {
  const raw = shell.vars.get('PS4') ?? ''
  const { status } = shell
  shell.options.turn('xtrace', 'off')
  try {
    const lead = yield* expandString(shell, decodePrompt(shell, raw), 'none', 'here')
    return (lead[0] ?? '').repeat(shell.traceLevel) + lead
  } finally {
    shell.options.turn('xtrace', 'on')
    shell.status = status
  }
}

/** A command is about to run: BASH_COMMAND is it, and the DEBUG trap comes first. */
export function* announce(shell: Shell, what: CommandNode | string): Run {
  if (shell.runningTrap) return
  shell.running = what
  const debug = shell.traps.any ? shell.traps.commands.get('DEBUG') : undefined
  if (debug !== undefined && debug !== '') yield* shell.runTrap(debug)
}
