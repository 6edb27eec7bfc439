/**
 * dash and ash catch SIGINT for `-c` and for a script, raise it again when the command before has ended, and end with 130 where that did nothing: for the first
 * process of a PID namespace, whom no default action ends (src/trap.c and error.c of dash; ctr run of busybox). The others die of the signal all the same.
 */
import { SIG } from '../kernel/signals'
import type { Shell } from './shell'

const FIRST = 1

const isCaught = (shell: Shell): boolean => shell.dialect === 'dash' && shell.mode === 'script' && shell.sys.pid === FIRST && !shell.traps.commands.has('SIGINT')

export function catchInterrupts(shell: Shell): void {
  if (!isCaught(shell)) return
  // What was ignored when the shell began stays so.
  if (shell.sys.signal(SIG.SIGINT, () => shell.interrupt()) === 'ignore') shell.sys.signal(SIG.SIGINT, 'ignore')
}

/** A child of such a shell dies of the signal again. */
export function releaseInterrupts(parent: Shell, child: Shell): void {
  if (isCaught(parent) && child.sys.signal(SIG.SIGINT, 'default') === 'ignore') child.sys.signal(SIG.SIGINT, 'ignore')
}
