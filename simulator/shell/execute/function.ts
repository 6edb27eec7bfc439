/** Shell functions: definition and call (bash(1), FUNCTIONS). */
import type { Function as FunctionNode } from 'unbash'
import type { Run } from '../../kernel/run'
import { ReturnJump } from '../control'
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

export function* callFunction(shell: Shell, definition: FunctionDefinition, args: readonly string[]): Run<number> {
  const { body } = definition.node
  const saved = { positional: shell.positional, unit: shell.unit, at: shell.at, loops: shell.loops, getopts: shell.getoptsAt }
  if (shell.frames.length > 1000 && shell.vars.get('FUNCNEST') === undefined && shell.frames.length > 5000) {
    yield* shell.error(`${definition.name}: maximum function nesting level exceeded (5000)`)
    return 1
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
      shell.status = yield* runNode(shell, body, 'inner')
    } catch (thrown) {
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
