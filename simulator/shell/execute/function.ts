/** Shell functions: definition and call (bash(1), FUNCTIONS). */
import type { Function as FunctionNode } from 'unbash'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { ExpansionError, ReturnJump } from '../control'
import { deep } from '../deep'
import type { Shell } from '../shell'
import type { Unit } from '../source'
import { runNode } from './run'

export interface FunctionDefinition {
  readonly name: string
  readonly node: FunctionNode
  readonly unit: Unit | null
  readonly source: string
  exported: boolean
  readonly: boolean
}

/** Calls within calls, after which bash's stack is used up. */
export const DEEPEST = 8000
/** A forked shell stands on its parent's stack: a substitution takes this much of it, in calls (measured: 2.4 kB for a call in a substitution, 1 kB for a call). */
const SUBSHELL = 1.3

export function* callFunction(shell: Shell, definition: FunctionDefinition, args: readonly string[]): Run<number> {
  const { body } = definition.node
  const saved = { positional: shell.positional, unit: shell.unit, at: shell.at, loops: shell.loops, getopts: shell.getoptsAt }
  const limit = Number(shell.vars.get('FUNCNEST') ?? 0)
  if (limit > 0 && shell.frames.length >= limit) {
    throw new ExpansionError(`${definition.name}: maximum function nesting level exceeded (${limit})`)
  }
  // bash itself ends when its stack is used up.
  if (shell.frames.length + SUBSHELL * shell.subshellLevel >= DEEPEST) {
    shell.sys.kill(shell.sys.pid, SIG.SIGSEGV)
    yield 'preempted'
  }
  shell.frames.push({ name: definition.name, source: definition.source, line: shell.line, kind: 'function' })
  shell.vars.pushFrame()
  shell.positional = args.slice()
  shell.unit = definition.unit
  shell.loops = 0
  const hidden = shell.options.has('functrace') ? undefined : hideTraps(shell)
  try {
    if (body.type === 'CompoundList') return 0
    try {
      shell.status = yield* deep(() => runNode(shell, body, 'inner'))
    } catch (thrown) {
      // Told here, where the function's own name and line are known.
      if (thrown instanceof ExpansionError && thrown.message !== '') {
        yield* shell.error(thrown.message)
        throw new ExpansionError('', thrown.fatal, thrown.code)
      }
      if (!(thrown instanceof ReturnJump)) throw thrown
      shell.status = thrown.code
    }
    yield* returnTrap(shell)
    return shell.status
  } finally {
    hidden?.()
    shell.vars.popFrame()
    shell.frames.pop()
    shell.positional = saved.positional
    shell.unit = saved.unit
    shell.at = saved.at
    shell.loops = saved.loops
    shell.getoptsAt = saved.getopts
  }
}

/** The RETURN trap, when a function or a sourced file ends; functions have it only with `set -T` or when they set it themselves. */
export function* returnTrap(shell: Shell): Run {
  const trap = shell.traps.commands.get('RETURN')
  if (trap !== undefined && trap !== '' && !shell.runningTrap) yield* shell.runTrap(trap)
}

/** DEBUG and RETURN are not inherited by functions; what the function sets itself stays. */
function hideTraps(shell: Shell): (() => void) | undefined {
  const { commands } = shell.traps
  const kept = (['DEBUG', 'RETURN'] as const).flatMap((name) => {
    const command = commands.get(name)
    return command === undefined ? [] : [[name, command] as const]
  })
  if (kept.length === 0) return undefined
  for (const [name] of kept) commands.delete(name)
  return () => {
    for (const [name, command] of kept) if (!commands.has(name)) commands.set(name, command)
  }
}
