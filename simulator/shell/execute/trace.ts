/** What `set -x` and DEBUG traps see of a command before it runs (bash(1), "The Set Builtin", `trap`). */
import type { Assignment, CommandNode } from 'unbash'
import type { Run } from '../../kernel/run'
import { ashQuote, quoteWhenNeeded } from '../expand/quote'
import { expandString } from '../expand/words'
import { decodePrompt } from '../prompt'
import type { Shell } from '../shell'

/** One line of `set -x` of what is no simple command; the Almquist shells have none. */
export function* trace(shell: Shell, text: string): Run {
  if (shell.dialect === 'bash') yield* tell(shell, text)
}

/** $PS4, in bash its first character once for each level of substitution, and the text. */
function* tell(shell: Shell, text: string): Run {
  if (shell.options.has('xtrace')) yield* shell.write(2, `${yield* traceLead(shell)}${text}\n`)
}

/** What `set -x` shows of one simple command: bash has a line for each assignment, the Almquist shells one for all, and dash quotes nothing. */
export class CommandTrace {
  private readonly shell: Shell
  private readonly told: string[] = []
  constructor(shell: Shell) {
    this.shell = shell
  }
  private quoted(text: string): string {
    if (this.shell.dialect === 'bash') return quoteWhenNeeded(text)
    return this.shell.startOptions.voice === 'ash' ? ashQuote(text) : text
  }
  /** An assignment with the value it gives; an array as it is written. */
  *assigned({ text, value }: Assignment, made: string): Run {
    const shown = value.type === 'Word' ? text.slice(0, text.length - value.text.length) + (made === '' ? '' : this.quoted(made)) : text
    if (this.shell.dialect === 'bash') yield* tell(this.shell, shown)
    else this.told.push(shown)
  }
  /** The words of the command, after its assignments. */
  *command(args: readonly string[]): Run {
    const words = args.map((arg) => (arg === '' && this.shell.dialect === 'bash' ? "''" : this.quoted(arg)))
    const line = [...this.told, ...words]
    if (line.length > 0) yield* tell(this.shell, line.join(' '))
  }
}

function* traceLead(shell: Shell): Run<string> {
  const raw = shell.vars.get('PS4') ?? ''
  const { status } = shell
  shell.options.turn('xtrace', 'off')
  try {
    const lead = yield* expandString(shell, shell.dialect === 'bash' ? decodePrompt(shell, raw) : raw, 'none', 'here')
    return shell.dialect === 'dash' ? lead : (lead[0] ?? '').repeat(shell.traceLevel) + lead
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
