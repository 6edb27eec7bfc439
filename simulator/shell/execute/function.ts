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
  const hiddenNames = shell.vars.all.get('FUNCNAME')
  shell.vars.putList('FUNCNAME', [...shell.frames].reverse().filter((f) => f.kind === 'function').map((f) => f.name))
  shell.positional = args.slice()
  shell.unit = definition.unit
  shell.loops = 0
  try {
    if (body.type === 'CompoundList') return 0
    shell.status = yield* runNode(shell, body, 'inner')
    return shell.status
  } catch (thrown) {
    if (thrown instanceof ReturnJump) return thrown.code
    throw thrown
  } finally {
    shell.vars.popFrame()
    shell.frames.pop()
    if (shell.frames.some((f) => f.kind === 'function')) shell.vars.putList('FUNCNAME', [...shell.frames].reverse().filter((f) => f.kind === 'function').map((f) => f.name))
    else if (hiddenNames && !hiddenNames.list) shell.vars.all.set('FUNCNAME', hiddenNames)
    else shell.vars.all.delete('FUNCNAME')
    shell.positional = saved.positional
    shell.unit = saved.unit
    shell.at = saved.at
    shell.loops = saved.loops
    shell.getoptsAt = saved.getopts
  }
}
