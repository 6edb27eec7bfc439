/** The order of an array's elements: PROCINFO["sorted_in"], asort and asorti (gawk(1), "Controlling Array Traversal"). */
import type { Run } from '../../../../kernel/run'
import { sortedInSlices } from '../../../libc/sort'
import { AwkArray, type Element } from '../array'
import type { Callable, Compiler } from '../compile'
import { Cell } from '../machine'
import { order } from '../sorting'
import { toNumber, type Value } from '../values'
import { invoke } from './calls'

/** Subscripts in the order that PROCINFO["sorted_in"] asks for. */
export function* keys(compiler: Compiler, array: AwkArray): Run<Value[]> {
  const info = compiler.machine.cell('PROCINFO').value
  const how = info instanceof AwkArray ? info.peek('sorted_in') : undefined
  if (how === undefined || how instanceof AwkArray) return array.subscripts()
  return (yield* ordered(compiler, array, compiler.machine.text(how))).map(([key]) => key)
}

export function* ordered(compiler: Compiler, array: AwkArray, how: string): Run<[string, Element][]> {
  const entries = array.keys().map((key): [string, Element] => [key, array.peek(key)])
  if (how === '' || how === '@unsorted') return entries
  const known = order(how, compiler.machine.convfmt)
  if (known) return yield* sortedInSlices(compiler.machine.io.sys, entries, known)
  const callable = compiler.functions.get(how)
  if (!callable) return compiler.machine.fatal(`sort comparison function \`${how}' is not defined`)
  return yield* mergeSort(compiler, entries, callable)
}

function* mergeSort(compiler: Compiler, entries: [string, Element][], callable: Callable): Run<[string, Element][]> {
  if (entries.length < 2) return entries
  const half = entries.length >> 1
  const left = yield* mergeSort(compiler, entries.slice(0, half), callable)
  const right = yield* mergeSort(compiler, entries.slice(half), callable)
  const out: [string, Element][] = []
  let i = 0
  let k = 0
  while (i < left.length && k < right.length) {
    const a = left[i] as [string, Element]
    const b = right[k] as [string, Element]
    const said = toNumber(yield* invoke(compiler, callable, [a[0], a[1], b[0], b[1]].map((v) => new Cell(v))))
    if (said <= 0) {
      out.push(a)
      i++
    } else {
      out.push(b)
      k++
    }
  }
  return [...out, ...left.slice(i), ...right.slice(k)]
}
