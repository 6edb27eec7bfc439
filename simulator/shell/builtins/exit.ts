/** `exit`, `logout`, `return`, `break`, `continue`: what leaves a command early (bash(1), SHELL BUILTIN COMMANDS). */
import type { Run } from '../../kernel/run'
import type { Builtin } from '../builtins'
import { ExitJump, LoopJump, ReturnJump } from '../control'
import type { Shell } from '../shell'
import { stateOf } from '../jobs'

function* code(shell: Shell, name: string, text: string | undefined): Run<number> {
  if (text === undefined) return shell.status
  if (!/^\s*[-+]?\d+\s*$/.test(text)) {
    yield* shell.error(`${name}: ${text}: numeric argument required`)
    return 2
  }
  return Number(BigInt(text.trim()) & 255n)
}

/** Commands after which leaving with stopped jobs needs no second asking. */
const KNOWING = new Set(['exit', 'logout', 'jobs'])

/** An interactive shell says that it ends, and stays when jobs are stopped (once). */
export function* mayLeave(shell: Shell, before: string): Run<boolean> {
  if (shell.mode !== 'prompt' || !shell.interactive) return true
  if (shell.dialect === 'bash') yield* shell.write(2, shell.isLogin ? 'logout\n' : 'exit\n')
  if (KNOWING.has(before)) return true
  yield* shell.jobs.poll()
  const has = (state: 'stopped' | 'running'): boolean => shell.jobs.list.some((job) => stateOf(job) === state)
  const running = shell.options.isShopt('checkjobs') && has('running')
  if (!has('stopped') && !running) return true
  if (shell.dialect === 'dash') {
    yield* shell.write(2, 'You have stopped jobs.\n')
    return false
  }
  yield* shell.write(2, `There are ${has('stopped') ? 'stopped' : 'running'} jobs.\n`)
  if (shell.options.isShopt('checkjobs')) for (const job of shell.jobs.list) yield* shell.write(2, shell.jobs.line(job))
  return false
}

const exiting = (name: string): Builtin => ({
  name,
  special: true,
  *run(shell, { args }) {
    if (name === 'logout' && !shell.isLogin) {
      yield* shell.error("logout: not login shell: use `exit'")
      return 1
    }
    if (!(yield* mayLeave(shell, shell.builtins.before))) return 1
    throw new ExitJump(yield* code(shell, name, args[1]))
  },
})

const jumping = (name: 'break' | 'continue'): Builtin => ({
  name,
  special: true,
  *run(shell, { args }) {
    if (shell.loops === 0) {
      yield* shell.error(`${name}: only meaningful in a \`for', \`while', or \`until' loop`)
      return 0
    }
    const levels = args[1] === undefined ? 1 : Number(args[1])
    if (!(levels >= 1)) {
      yield* shell.error(`${name}: ${args[1]}: ${Number.isNaN(levels) ? 'numeric argument required' : 'loop count out of range'}`)
      if (Number.isNaN(levels)) throw new ExitJump(128)
      throw new LoopJump('break', 1)
    }
    throw new LoopJump(name, levels)
  },
})

export default [
  exiting('exit'),
  exiting('logout'),
  jumping('break'),
  jumping('continue'),
  {
    name: 'return',
    special: true,
    *run(shell, { args }) {
      if (shell.frames.length === 0) {
        yield* shell.error("return: can only `return' from a function or sourced script")
        return 2
      }
      throw new ReturnJump(yield* code(shell, 'return', args[1]))
    },
  },
] satisfies Builtin[]
