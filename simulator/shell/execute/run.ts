/** Lists, and-or chains and the choice of what runs each kind of command (bash(1), SHELL GRAMMAR). */
import type { CommandNode, CompoundList, PipelineNode, AndOr, Statement, Redirected } from 'unbash'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { ExitJump, ExpansionError, RedirectError } from '../control'
import { arithmetic } from '../expand/words'
import type { Shell } from '../shell'
import { startBackground } from './background'
import { runArithmeticFor, runCase, runFor, runIf, runSelect, runWhile } from './compound'
import { runCoproc } from './coproc'
import { runPipeline, runSubshell } from './pipeline'
import { redirect } from './redirect'
import { runSimple } from './simple'
import { runTest } from './test'
import { announce, trace } from './trace'

/** `tail`: nothing follows in this process, so an external command may replace it. */
export type Place = 'tail' | 'inner'

export function* runStatements(shell: Shell, statements: readonly Statement[], place: Place = 'inner'): Run<number> {
  const { tailCommand } = shell
  shell.tailCommand = 'none'
  const count = statements.length
  for (let i = 0; i < count; i++) {
    const statement = statements[i] as Statement
    if (shell.options.has('noexec') && !shell.interactive) return shell.status
    const last = i === count - 1
    if (statement.background) yield* startBackground(shell, statement.command)
    else {
      const tail = last && !shell.traps.any && (place === 'tail' || tailCommand === 'list' || (tailCommand === 'single' && count === 1 && statement.command.type === 'Command' && statement.command.redirects.length === 0))
      yield* runChecked(shell, statement.command, tail ? 'tail' : 'inner')
    }
    if (shell.interrupted || shell.traps.hasPending) yield* shell.checkSignals()
    if (shell.sys.spend(2)) yield 'preempted'
  }
  return shell.status
}

export const runList = (shell: Shell, list: CompoundList, place: Place = 'inner'): Run<number> => runStatements(shell, list.commands, place)

/** A command whose failure counts: ERR trap, `set -e`. */
function* runChecked(shell: Shell, node: PipelineNode | AndOr, place: Place): Run {
  try {
    shell.status = yield* runNode(shell, node, place)
  } catch (error) {
    // What no part of the shell has worded (no descriptors left for a coprocess): the command has failed, the shell goes on.
    if (!isErrno(error)) throw error
    yield* shell.error(error.message)
    shell.status = 1
  }
  if (shell.status === 0 || shell.conditions > 0) return
  if (node.type === 'AndOr' || (node.type === 'Pipeline' && node.prefixes.some((prefix) => prefix.type === 'Negation'))) return
  yield* failed(shell, node)
}

export function* failed(shell: Shell, node: PipelineNode | AndOr): Run {
  if (node.type === 'If' || node.type === 'While' || node.type === 'For' || node.type === 'BraceGroup' || node.type === 'Case' || node.type === 'ArithmeticFor' || node.type === 'Select') {
    if (!shell.options.has('errexit')) return
  }
  if (node.type === 'Subshell') shell.running = node
  const trap = shell.traps.commands.get('ERR')
  if (trap !== undefined && trap !== '' && !shell.runningTrap && (shell.frames.length === 0 || shell.options.has('errtrace'))) yield* shell.runTrap(trap)
  if (shell.options.has('errexit')) throw new ExitJump(shell.status)
}

function* runAndOr(shell: Shell, node: AndOr, place: Place): Run<number> {
  const last = node.commands.length - 1
  for (let i = 0; i <= last; i++) {
    if (i > 0) {
      const operator = node.operators[i - 1]
      if ((operator === '&&') !== (shell.status === 0)) continue
    }
    const command = node.commands[i] as PipelineNode
    if (i < last) {
      shell.conditions++
      try {
        shell.status = yield* runNode(shell, command, 'inner')
      } finally {
        shell.conditions--
      }
    } else {
      shell.status = yield* runNode(shell, command, place)
      if (shell.status !== 0 && shell.conditions === 0 && !(command.type === 'Pipeline' && command.prefixes.some((prefix) => prefix.type === 'Negation'))) yield* failed(shell, command)
    }
    if (shell.interrupted || shell.traps.hasPending) yield* shell.checkSignals()
  }
  return shell.status
}

export function* runNode(shell: Shell, node: PipelineNode | AndOr, place: Place): Run<number> {
  switch (node.type) {
    case 'Command':
      return yield* runSimple(shell, node, place)
    case 'AndOr':
      return yield* runAndOr(shell, node, place)
    case 'Pipeline':
      return yield* runPipeline(shell, node, place)
    default:
      return yield* runCompound(shell, node, place)
  }
}

function* runCompound(shell: Shell, node: Exclude<CommandNode, { type: 'Command' }>, place: Place): Run<number> {
  switch (node.type) {
    case 'Redirected':
      return yield* runRedirected(shell, node)
    case 'BraceGroup':
      return yield* runList(shell, node.body, place)
    case 'Subshell':
      return yield* runSubshell(shell, node, [])
    case 'If':
      return yield* runIf(shell, node)
    case 'While':
      return yield* runWhile(shell, node)
    case 'For':
      return yield* runFor(shell, node)
    case 'ArithmeticFor':
      return yield* runArithmeticFor(shell, node)
    case 'Select':
      return yield* runSelect(shell, node)
    case 'Case':
      return yield* runCase(shell, node)
    case 'TestCommand':
      return yield* runTest(shell, node)
    case 'ArithmeticCommand': {
      shell.at = node.pos
      yield* announce(shell, node)
      yield* trace(shell, `((${node.body.startsWith(' ') ? node.body : ` ${node.body}`}${node.body.endsWith(' ') ? '' : ' '}))`)
      try {
        return (yield* arithmetic(shell, node.body, '((')) !== 0n ? 0 : 1
      } catch (error) {
        if (!(error instanceof ExpansionError) || error.fatal === 'fatal') throw error
        yield* shell.error(error.message)
        return 1
      }
    }
    case 'Function':
      shell.functions.set(node.name.text, { name: node.name.text, node, unit: shell.unit, source: shell.frames.findLast((f) => f.kind === 'source')?.source ?? shell.errorName, exported: false, readonly: false })
      return 0
    case 'Coproc':
      return yield* runCoproc(shell, node)
  }
}

function* runRedirected(shell: Shell, node: Redirected): Run<number> {
  shell.at = node.pos
  if (node.command.type === 'Subshell') return yield* runSubshell(shell, node.command, node.redirects)
  const descriptors = shell.substitutionDescriptors
  shell.substitutionDescriptors = []
  try {
    const undo = yield* redirect(shell, node.redirects, 'undoable')
    try {
      return yield* runNode(shell, node.command, 'inner')
    } finally {
      undo()
    }
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error
    yield* shell.error(error.message)
    return 1
  } finally {
    for (const fd of shell.substitutionDescriptors) if (shell.sys.isOpen(fd)) shell.sys.close(fd)
    shell.substitutionDescriptors = descriptors
  }
}
