/** Traps (bash(1), `trap`, SIGNALS): handlers only note a signal; its command runs between two commands. */
import type { Sys } from '../kernel/sys'
import { signalName, signalNumber } from '../kernel/signals'

export class Traps {
  /** By name: `EXIT`, `ERR`, `DEBUG`, `RETURN`, `SIGINT` … The empty string ignores. */
  readonly commands: Map<string, string>
  /** In a subshell: what `trap` shows until it sets something itself. */
  inherited: ReadonlyMap<string, string> | undefined
  private pending: number[] = []
  /** Signals that were ignored when the shell started stay ignored. */
  private readonly sys: () => Sys
  private readonly onSignal: (signo: number) => void
  constructor(sys: () => Sys, onSignal: (signo: number) => void) {
    this.sys = sys
    this.onSignal = onSignal
    this.commands = new Map()
  }
  set(name: string, command: string): void {
    this.inherited = undefined
    this.commands.set(name, command)
    const signo = signalOf(name)
    if (signo === undefined) return
    this.sys().signal(signo, command === '' ? 'ignore' : () => {
      this.pending.push(signo)
      this.onSignal(signo)
    })
  }
  clear(name: string, restore: 'default' | ((signo: number) => void) | 'ignore' = 'default'): void {
    this.commands.delete(name)
    const signo = signalOf(name)
    if (signo !== undefined) this.sys().signal(signo, restore)
  }
  isTrapped(signo: number): boolean {
    const command = this.commands.get(`SIG${signalName(signo)}`)
    return command !== undefined && command !== ''
  }
  get hasPending(): boolean {
    return this.pending.length > 0
  }
  firstPending(): number | undefined {
    return this.pending[0]
  }
  take(): number | undefined {
    return this.pending.shift()
  }
  commandFor(signo: number): string | undefined {
    return this.commands.get(`SIG${signalName(signo)}`)
  }
  /** The signals that have a command. */
  get signals(): number[] {
    return [...this.commands.keys()].flatMap((name) => signalOf(name) ?? [])
  }
  get any(): boolean {
    return this.commands.size > 0
  }
}

const signalOf = (name: string): number | undefined => (name.startsWith('SIG') ? signalNumber(name.slice(3)) : undefined)

/** The trap's name for what `trap` was given: `EXIT` for 0, `SIGINT` for int, 2, INT. */
export function trapName(text: string): string | undefined {
  const upper = text.toUpperCase()
  if (text === '0' || upper === 'EXIT') return 'EXIT'
  if (upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN') return upper
  const signo = signalNumber(text)
  const name = signo === undefined || signo === 0 ? undefined : signalName(signo)
  return name === undefined ? undefined : `SIG${name}`
}
