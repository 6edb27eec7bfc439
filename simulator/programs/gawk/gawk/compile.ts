/** From the tree to code that runs on a machine. */
import type { Run } from '../../../kernel/run'
import type { AwkArray } from './array'
import { type Code, now } from './code'
import { expression, test } from './compile/expressions'
import { array, cell, type Place, place, subscript } from './compile/places'
import { statement } from './compile/statements'
import type { Cell, Machine } from './machine'
import type { Streams } from './streams'
import { type Expression, type FunctionDefinition, type Indexed, ProgramError, type ProgramTree, type Statement, type Target, type Variable } from './syntax'
import type { Value } from './values'

/** How a statement ended: not at all out of order, or on its way out. */
export type Signal = undefined | 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return'

/** Records of the main input, as the command line gives them. */
export interface MainInput {
  next(): Run<{ readonly text: string } | null>
}

export interface Callable {
  readonly definition: FunctionDefinition
  body: Code<Signal>
}

const EMPTY_LOCALS: ReadonlyMap<string, number> = new Map()

export class Compiler {
  readonly machine: Machine
  readonly streams: Streams
  readonly main: MainInput
  readonly functions = new Map<string, Callable>()
  /** The parameters of the function that is being compiled, by their place. */
  locals: ReadonlyMap<string, number> = EMPTY_LOCALS
  /** How many calls are under way. */
  depth = 0
  private ticks = 0
  constructor(machine: Machine, streams: Streams, main: MainInput, tree: ProgramTree) {
    this.machine = machine
    this.streams = streams
    this.main = main
    for (const definition of tree.functions.values()) this.functions.set(definition.name, { definition, body: now(() => undefined) })
    for (const callable of this.functions.values()) {
      this.locals = new Map(callable.definition.parameters.map((p, i) => [p, i]))
      callable.body = this.statement(callable.definition.body)
    }
    this.locals = EMPTY_LOCALS
  }
  /** Lets others run, and what was printed out, now and then in a long loop. */
  *tick(): Run {
    if (++this.ticks < 32) return
    this.ticks = 0
    if (this.machine.io.sys.spend(32)) yield 'preempted'
    yield* this.machine.io.drain()
  }
  /** @throws ProgramError always: what is wrong with the program, and where. */
  error(line: number, message: string): never {
    throw new ProgramError(`${this.machine.name}: ${this.machine.where(line)}: ${message}\n`)
  }
  statement(s: Statement): Code<Signal> {
    return statement(this, s)
  }
  expression(e: Expression): Code<Value> {
    return expression(this, e)
  }
  test(e: Expression): Code<boolean> {
    return test(this, e)
  }
  place(target: Target): Place {
    return place(this, target)
  }
  array(e: Variable | Indexed): Code<AwkArray> {
    return array(this, e)
  }
  key(subscripts: readonly Expression[]): Code<string> {
    return subscript(this, subscripts)
  }
  /** Finds the cell of a name when the code runs: a parameter's cell is another in each call. */
  cell(name: string): () => Cell {
    return cell(this, name)
  }
}
