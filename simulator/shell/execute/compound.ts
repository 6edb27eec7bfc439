/** if, while, until, for, select, case (bash(1), "Compound Commands"). */
import type { ArithmeticFor, Case, CompoundList, For, If, Select, While } from 'unbash'
import type { Run } from '../../kernel/run'
import { LoopJump } from '../control'
import { matches } from '../expand/pattern'
import { arithmetic, expandPattern, expandString, expandWords } from '../expand/words'
import { readLine } from '../builtins/read'
import type { Shell } from '../shell'
import { arithmeticParts, headText } from '../print'
import { isName } from '../variables'
import { runList } from './run'
import { announce, trace } from './trace'

export function* condition(shell: Shell, list: CompoundList): Run<boolean> {
  shell.conditions++
  try {
    yield* runList(shell, list)
  } finally {
    shell.conditions--
  }
  return shell.status === 0
}

export function* runIf(shell: Shell, node: If): Run<number> {
  if (yield* condition(shell, node.clause)) return yield* runList(shell, node.then)
  for (const elif of node.elif) if (yield* condition(shell, elif.clause)) return yield* runList(shell, elif.then)
  if (node.else) return yield* runList(shell, node.else)
  shell.status = 0
  return 0
}

/** Runs a loop's body once: false when the loop is to end. */
function* body(shell: Shell, list: CompoundList): Run<boolean> {
  try {
    yield* runList(shell, list)
  } catch (thrown) {
    if (!(thrown instanceof LoopJump)) throw thrown
    shell.status = 0
    if (thrown.levels > 1 && shell.loops > 1) {
      thrown.levels--
      throw thrown
    }
    return thrown.kind === 'continue'
  }
  return true
}

export function* runWhile(shell: Shell, node: While): Run<number> {
  let status = 0
  const wanted = node.kind === 'while'
  shell.loops++
  try {
    for (;;) {
      if (shell.interrupted) yield* shell.checkSignals()
      try {
        if ((yield* condition(shell, node.clause)) !== wanted) break
      } catch (thrown) {
        if (!(thrown instanceof LoopJump)) throw thrown
        if (thrown.levels > 1 && shell.loops > 1) {
          thrown.levels--
          throw thrown
        }
        if (thrown.kind === 'continue') continue
        break
      }
      const goesOn = yield* body(shell, node.body)
      status = shell.status
      if (!goesOn) break
    }
  } finally {
    shell.loops--
  }
  shell.status = status
  return status
}

export function* runFor(shell: Shell, node: For): Run<number> {
  shell.at = node.pos
  const name = node.name.text
  if (!isName(name)) {
    yield* shell.error(`\`${name}': not a valid identifier`)
    return 1
  }
  const texts = node.wordlist?.map((word) => word.text)
  const items = texts ? yield* expandWords(shell, texts) : shell.positional.slice()
  let status = 0
  shell.loops++
  try {
    for (const item of items) {
      yield* announce(shell, headText(node))
      yield* trace(shell, headText(node))
      shell.assign(name, item)
      const goesOn = yield* body(shell, node.body)
      status = shell.status
      if (!goesOn) break
    }
  } finally {
    shell.loops--
  }
  shell.status = status
  return status
}

export function* runArithmeticFor(shell: Shell, node: ArithmeticFor): Run<number> {
  const [start, test, step] = arithmeticParts(shell.unit?.source ?? '', node.pos)
  let status = 0
  shell.at = node.pos
  shell.loops++
  try {
    if (start !== '') yield* expression(shell, start)
    while (test === '' || (yield* expression(shell, test)) !== 0n) {
      const goesOn = yield* body(shell, node.body)
      status = shell.status
      if (!goesOn) break
      if (step !== '') yield* expression(shell, step)
      if (shell.interrupted) yield* shell.checkSignals()
      if (shell.sys.spend(2)) yield 'preempted'
    }
  } finally {
    shell.loops--
  }
  shell.status = status
  return status
}

/** One of the three expressions of an arithmetic `for`. */
function* expression(shell: Shell, text: string): Run<bigint> {
  yield* announce(shell, `((${text}))`)
  yield* trace(shell, `(( ${text} ))`)
  return yield* arithmetic(shell, text, '((')
}

export function* runCase(shell: Shell, node: Case): Run<number> {
  shell.at = node.pos
  yield* announce(shell, headText(node))
  const word = yield* expandString(shell, node.word.text)
  yield* trace(shell, headText(node).trimEnd())
  let through = false
  shell.status = 0
  for (const item of node.items) {
    if (!through) {
      let found = false
      for (const pattern of item.pattern) {
        const text = yield* expandPattern(shell, pattern.text)
        if (shell.options.isShopt('nocasematch') ? matches(text, word, 'nocase') : matches(text, word)) {
          found = true
          break
        }
      }
      if (!found) continue
    }
    yield* runList(shell, item.body)
    if (item.terminator === ';&') through = true
    else if (item.terminator === ';;&') through = false
    else break
  }
  return shell.status
}

export function* runSelect(shell: Shell, node: Select): Run<number> {
  shell.at = node.pos
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist.map((word) => word.text)) : shell.positional.slice()
  if (items.length === 0) return 0
  yield* announce(shell, headText(node))
  yield* trace(shell, headText(node))
  let status = 0
  let showMenu = true
  shell.loops++
  try {
    for (;;) {
      if (showMenu) yield* shell.write(2, menu(items, Number(shell.vars.get('COLUMNS') ?? 80)))
      yield* shell.write(2, shell.vars.get('PS3') ?? '#? ')
      const line = yield* readLine(shell, 0, { delimiter: '\n', raw: 'raw' })
      if (line.ended === 'eof' && line.text === '') {
        yield* shell.write(1, '\n')
        return 1
      }
      shell.vars.put('REPLY', line.text)
      showMenu = line.text === ''
      if (showMenu) continue
      const choice = /^\s*\d+\s*$/.test(line.text) ? items[Number(line.text) - 1] : undefined
      shell.assign(node.name.text, choice ?? '')
      const goesOn = yield* body(shell, node.body)
      status = shell.status
      if (!goesOn) break
    }
  } finally {
    shell.loops--
  }
  shell.status = status
  return status
}

/** The numbered list of `select`, in columns as bash's print_select_list lays it out. */
function menu(items: readonly string[], columns: number): string {
  const digits = String(items.length).length
  const longest = Math.max(...items.map((item) => item.length)) + digits + 2 + 2
  let across = Math.max(1, Math.floor(columns / longest))
  let down = Math.ceil(items.length / across)
  across = Math.ceil(items.length / down)
  if (down === 1) {
    down = across
    across = 1
  }
  let out = ''
  for (let row = 0; row < down; row++) {
    const cells: string[] = []
    for (let i = row; i < items.length; i += down) cells.push(`${String(i + 1).padStart(digits)}) ${items[i]}`)
    out += `${cells.map((cell, i) => (i < cells.length - 1 ? cell.padEnd(longest) : cell)).join('')}\n`
  }
  return out
}
