/** Assignments (bash(1), PARAMETERS, Arrays). */
import type { ArrayValue, Assignment } from 'unbash'
import type { Run } from '../../kernel/run'
import { ExpansionError } from '../control'
import { numericKey, subscript } from '../expand/parameter'
import { expandString, expandWord } from '../expand/words'
import { bracketEnd } from '../lexing/word'
import type { Shell } from '../shell'
import type { Variable } from '../variables'

/** `seen` is told the value before it is set. */
export function* assignOne(shell: Shell, node: Assignment, seen?: (value: string) => Run): Run<string> {
  const how = node.append ? 'append' : 'replace'
  if (node.value.type === 'ArrayValue') {
    if (seen) yield* seen('')
    yield* assignArray(shell, node.name, node.value, how)
    return ''
  }
  const value = yield* expandString(shell, node.value.text, 'assignment')
  if (seen) yield* seen(value)
  if (node.index) shell.assignElement(node.name, yield* subscript(shell, shell.vars.find(shell.vars.resolve(node.name)), `${node.name}[${node.index.text}]`, node.index.text), value, how)
  else shell.assign(node.name, value, how)
  return value
}

export function* assignArray(shell: Shell, name: string, value: ArrayValue, how: 'append' | 'replace', kind?: 'indexed' | 'associative'): Run {
  const target = shell.vars.resolve(name)
  const variable = shell.vars.make(target)
  if (variable.readonly) throw new ExpansionError(`${target}: readonly variable`)
  if (kind === 'associative' && !variable.map) variable.map = new Map()
  const elements: [key: string | undefined, text: string, append: boolean][] = []
  for (const element of value.elements) {
    const { text } = element
    const end = text.startsWith('[') ? bracketEnd(text) : -1
    const sign = end > 0 ? /^\+?=/.exec(text.slice(end + 1))?.[0] : undefined
    if (end > 0 && sign !== undefined) {
      const key = yield* subscript(shell, variable, name, text.slice(1, end))
      elements.push([key, yield* expandString(shell, text.slice(end + 1 + sign.length), 'assignment'), sign === '+='])
    } else {
      const words: string[] = []
      yield* expandWord(shell, text, words)
      for (const word of words) elements.push([undefined, word, false])
    }
  }
  fill(shell, name, variable, elements, how)
}

function fill(shell: Shell, name: string, variable: Variable, elements: readonly [key: string | undefined, text: string, append: boolean][], how: 'append' | 'replace'): void {
  if (variable.map) {
    if (how === 'replace') variable.map = new Map()
    if (elements.every(([key]) => key === undefined)) {
      for (let i = 0; i < elements.length; i += 2) variable.map.set(elements[i]?.[1] ?? '', elements[i + 1]?.[1] ?? '')
      return
    }
    for (const [key, text, append] of elements) if (key !== undefined) variable.map.set(key, append ? (variable.map.get(key) ?? '') + text : text)
    return
  }
  if (!variable.list) variable.list = new Map(variable.value === undefined ? [] : [[0, variable.value]])
  variable.value = undefined
  if (how === 'replace') variable.list = new Map()
  let next = variable.list.size === 0 ? 0 : Math.max(...variable.list.keys()) + 1
  for (const [key, text, append] of elements) {
    const index = key === undefined ? next : Number(numericKey(shell, variable, name, key))
    const before = append ? (variable.list.get(index) ?? '') : undefined
    variable.list.set(index, variable.integer || variable.lower || variable.upper ? shell.shaped(variable, before, text) : (before ?? '') + text)
    next = index + 1
  }
  if (shell.options.has('allexport')) variable.exported = true
}
