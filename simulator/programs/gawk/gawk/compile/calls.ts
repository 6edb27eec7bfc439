/** Calls of the program's own functions. */
import type { Run } from '../../../../kernel/run'
import { AwkArray } from '../array'
import { BUILTINS } from '../builtins'
import { all, chain, type Code, map, now, pair } from '../code'
import type { Callable, Compiler } from '../compile'
import { Cell } from '../machine'
import { type Expression, ProgramError } from '../syntax'
import { lengthOf, type Value } from '../values'

const MOST_CALLS = 4000

/** `next` or `exit` inside a function leaves the rule that called it. */
export class Leave {
  readonly signal: 'next' | 'nextfile' | 'exit'
  constructor(signal: 'next' | 'nextfile' | 'exit') {
    this.signal = signal
  }
}

export function userCall(compiler: Compiler, name: string, args: readonly Expression[], line: number): Code<Value> {
  const callable = compiler.functions.get(name)
  if (!callable && compiler.machine.globals.has(name)) throw new ProgramError(`${compiler.machine.name}: ${compiler.machine.where(line)}: error: attempt to use non-function \`${name}' in function call\n`)
  if (!callable) throw new ProgramError(`${compiler.machine.name}: ${compiler.machine.where(line)}: fatal: function \`${name}' not defined\n`)
  if (args.length > callable.definition.parameters.length) compiler.machine.io.err(`${compiler.machine.name}: ${compiler.machine.where(line)}: warning: function \`${name}' called with more arguments than declared\n`)
  return chain(cellsOf(compiler, args), (cells) => invoke(compiler, callable, cells))
}

export function indirectCall(compiler: Compiler, e: Extract<Expression, { type: 'indirect' }>): Code<Value> {
  const { machine } = compiler
  const name = map(compiler.place(e.name).get, (v) => machine.text(v))
  const cells = cellsOf(compiler, e.args)
  return chain(pair(name, cells, (n, c) => ({ n, c })), ({ n, c }) => {
    const callable = compiler.functions.get(n)
    if (callable) return invoke(compiler, callable, c)
    if (n === 'length') {
      const of = c[0] ? c[0].value : machine.whole
      return finished(of instanceof AwkArray ? of.size : lengthOf(machine.text(of)))
    }
    const builtin = BUILTINS[n]
    if (!builtin) return machine.fatal(`\`${n}' is not a function, so it cannot be called indirectly`)
    return finished(builtin(machine, c.map((cell) => machine.scalar(cell.value, n))))
  })
}

/** A bare name is passed as its cell, so that the function can make it an array. */
function cellsOf(compiler: Compiler, args: readonly Expression[]): Code<Cell[]> {
  return all(args.map((a): Code<Cell> => {
    if (a.type === 'variable') {
      const cell = compiler.cell(a.name)
      return now(() => {
        const own = cell()
        const { value } = own
        if (value instanceof AwkArray) return new Cell(value, null, own.alias === '' ? a.name : own.alias)
        return value === undefined ? new Cell(undefined, own) : new Cell(value)
      })
    }
    if (a.type === 'index') {
      return pair(compiler.array(a.base), compiler.key(a.subscripts), (array, key) => {
        const element = array.get(key)
        return new Cell(element)
      })
    }
    return map(compiler.expression(a), (v) => new Cell(v))
  }), (cells) => cells)
}

export function* invoke(compiler: Compiler, callable: Callable, cells: Cell[]): Run<Value> {
  const { machine } = compiler
  while (cells.length < callable.definition.parameters.length) cells.push(new Cell())
  if (++compiler.depth > MOST_CALLS) machine.fatal('function call nesting too deep: stack exhausted')
  const before = machine.frame
  const { line } = machine
  machine.frame = cells
  machine.returned = undefined
  yield* compiler.tick()
  const signal = 'now' in callable.body ? callable.body.now() : yield* callable.body.later()
  machine.frame = before
  machine.line = line
  compiler.depth--
  const value = machine.returned
  machine.returned = undefined
  if (signal === 'return') return value
  if (signal === 'next' || signal === 'nextfile' || signal === 'exit') throw new Leave(signal)
  return undefined
}

function* finished(value: Value): Run<Value> {
  return value
}
