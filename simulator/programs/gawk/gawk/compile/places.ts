/** What can be assigned to: variables, fields, elements of arrays. */
import { AwkArray, type Element } from '../array'
import { all, type Code, map, now, pair } from '../code'
import type { Compiler } from '../compile'
import type { Cell } from '../machine'
import { type Expression, type Indexed, ProgramError, type Target, type Variable } from '../syntax'
import { toNumber, type Value } from '../values'

export interface Place {
  readonly get: Code<Value>
  /** Puts what `value` gives; the result is the value put. */
  set(value: Code<Value>): Code<Value>
  /** Reads, changes and puts, with the place found once; the result is what `change` tells. */
  update(change: (old: Value) => { next: Value; result: Value }): Code<Value>
  updateWith(value: Code<Value>, change: (old: Value, value: Value) => Value): Code<Value>
}

/** Finds the cell of a name when the code runs: a parameter's cell is another in each call. */
export function cell(compiler: Compiler, name: string): () => Cell {
  const { machine } = compiler
  const slot = compiler.locals.get(name)
  if (slot !== undefined) return () => machine.frame[slot] as Cell
  if (compiler.functions.has(name)) throw new ProgramError(`${machine.name}: ${machine.where(machine.line)}: error: function \`${name}' called with space between name and \`(',\nor used as a variable or an array\n`)
  const cell = machine.cell(name)
  return () => cell
}

export function array(compiler: Compiler, e: Variable | Indexed): Code<AwkArray> {
  const { machine } = compiler
  if (e.type === 'variable') {
    const cell = compiler.cell(e.name)
    const { name } = e
    return now(() => machine.arrayOf(cell(), name))
  }
  return pair(compiler.array(e.base), compiler.key(e.subscripts), (base, key) => {
    const found = base.peek(key)
    if (found instanceof AwkArray) return found
    if (found !== undefined) return machine.fatal(`attempt to use scalar \`${nameOf(e)}["${key}"]' as an array`)
    const made = new AwkArray()
    base.set(key, made)
    return made
  })
}

export function subscript(compiler: Compiler, subscripts: readonly Expression[]): Code<string> {
  const { machine } = compiler
  const parts = subscripts.map((s) => compiler.expression(s))
  const [only] = parts
  if (only && parts.length === 1) return map(only, (v) => machine.key(v))
  return all(parts, (values) => values.map((v) => machine.key(v)).join(machine.subsep))
}

export function place(compiler: Compiler, target: Target): Place {
  const { machine } = compiler
  if (target.type === 'variable') {
    const cell = compiler.cell(target.name)
    const { name } = target
    const get = (): Value => {
      const value = cell().value
      return typeof value === 'object' ? machine.scalar(value, shownName(name, cell())) : value
    }
    const put = (value: Value): Value => {
      const c = cell()
      if (c.value instanceof AwkArray) machine.fatal(`attempt to use array \`${shownName(name, c)}' in a scalar context`)
      c.value = value
      return value
    }
    return {
      get: now(get),
      set: (value) => map(value, put),
      update: (change) => now(() => {
        const { next, result } = change(get())
        put(next)
        return result
      }),
      updateWith: (value, change) => map(value, (v) => put(change(get(), v))),
    }
  }
  if (target.type === 'field') {
    const at = map(compiler.expression(target.of), toNumber)
    return {
      get: map(at, (n) => machine.field(n)),
      set: (value) => pair(value, at, (v, n) => {
        machine.setField(n, v)
        return v
      }),
      update: (change) => map(at, (n) => {
        const { next, result } = change(machine.field(n))
        machine.setField(n, next)
        return result
      }),
      updateWith: (value, change) => pair(value, at, (v, n) => {
        const next = change(machine.field(n), v)
        machine.setField(n, next)
        return next
      }),
    }
  }
  const where = pair(compiler.array(target.base), compiler.key(target.subscripts), (array, key) => ({ array, key }))
  const scalar = (element: Element, key: string): Value => (element instanceof AwkArray ? machine.fatal(`attempt to use array \`${nameOf(target)}["${key}"]' in a scalar context`) : element)
  return {
    get: map(where, ({ array, key }) => scalar(array.get(key), key)),
    set: (value) => pair(value, where, (v, { array, key }) => {
      if (array.peek(key) instanceof AwkArray) scalar(array.peek(key), key)
      array.set(key, v)
      return v
    }),
    update: (change) => map(where, ({ array, key }) => {
      const { next, result } = change(scalar(array.get(key), key))
      array.set(key, next)
      return result
    }),
    updateWith: (value, change) => pair(value, where, (v, { array, key }) => {
      const next = change(scalar(array.get(key), key), v)
      array.set(key, next)
      return next
    }),
  }
}

/** A parameter's name with that of the array it stands for. */
const shownName = (name: string, cell: Cell): string => (cell.alias === '' ? name : `${name} (from ${cell.alias})`)

const nameOf = (e: Variable | Indexed): string => (e.type === 'variable' ? e.name : nameOf(e.base))
