/** `[[ … ]]` (bash(1), "Compound Commands"). */
import type { TestCommand, TestExpression } from 'unbash'
import type { Run } from '../../kernel/run'
import { compile, RegexError } from '../../regex'
import { unaryTest } from '../builtins/test'
import { ExpansionError } from '../control'
import { byCodePoint } from '../expand/glob'
import { matches } from '../expand/pattern'
import { expandPattern, expandRegex, expandString } from '../expand/words'
import type { Shell } from '../shell'
import { compare, fileCompare } from './comparing'
import { announce, trace } from './trace'

export function* runTest(shell: Shell, node: TestCommand): Run<number> {
  shell.at = node.pos
  yield* announce(shell, node)
  return (yield* evaluate(shell, node.expression)) === 'error' ? 2 : lastValue(shell)
}

const values = new WeakMap<Shell, boolean>()
const lastValue = (shell: Shell): number => (values.get(shell) ? 0 : 1)

function* evaluate(shell: Shell, node: TestExpression): Run<'value' | 'error'> {
  const result = yield* truth(shell, node)
  if (result === 'error') return 'error'
  values.set(shell, result)
  return 'value'
}

function* truth(shell: Shell, node: TestExpression): Run<boolean | 'error'> {
  switch (node.type) {
    case 'TestGroup':
      return yield* truth(shell, node.expression)
    case 'TestNot': {
      const inner = yield* truth(shell, node.operand)
      return inner === 'error' ? inner : node.negations.length % 2 === 1 ? !inner : inner
    }
    case 'TestLogical': {
      let result: boolean | 'error' = node.operator === '&&'
      for (const operand of node.operands) {
        result = yield* truth(shell, operand)
        if (result === 'error' || result !== (node.operator === '&&')) return result
      }
      return result
    }
    case 'TestUnary': {
      const operand = yield* expandString(shell, node.operand.text)
      yield* trace(shell, `[[ ${node.operator} ${operand === '' ? "''" : operand} ]]`)
      if (node.operator === '-v' || node.operator === '-R') return unaryTest(shell, node.operator, operand) === true
      return unaryTest(shell, node.operator, operand) === true
    }
    default:
      return yield* binary(shell, node.operator, node.left.text, node.right.text)
  }
}

function* binary(shell: Shell, operator: string, leftText: string, rightText: string): Run<boolean | 'error'> {
  const left = yield* expandString(shell, leftText)
  const nocase = shell.options.isShopt('nocasematch')
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const pattern = yield* expandPattern(shell, rightText)
      yield* trace(shell, `[[ ${left === '' ? "''" : left} ${operator} ${pattern === '' ? "''" : pattern} ]]`)
      return (nocase ? matches(pattern, left, 'nocase') : matches(pattern, left)) === (operator !== '!=')
    }
    case '=~':
      return regexTest(shell, left, yield* expandRegex(shell, rightText), nocase)
    case '<':
    case '>':
      return byCodePoint(left, yield* expandString(shell, rightText)) === (operator === '<' ? -1 : 1)
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge': {
      const right = yield* expandString(shell, rightText)
      try {
        return compare(operator, shell.arithmetic(left, '[['), shell.arithmetic(right, '[['))
      } catch (error) {
        if (!(error instanceof ExpansionError) || error.fatal === 'fatal') throw error
        yield* shell.error(error.message)
        return false
      }
    }
    default:
      return fileCompare(shell, operator, left, yield* expandString(shell, rightText))
  }
}

function regexTest(shell: Shell, text: string, pattern: string, icase: boolean): boolean | 'error' {
  try {
    const match = compile(pattern, { syntax: 'ere', operators: 'posix', icase }).exec(text)
    shell.vars.putList('BASH_REMATCH', match ? match.map(([low, high]) => (low < 0 ? '' : text.slice(low, high))) : [])
    return match !== null
  } catch (error) {
    if (error instanceof RegexError) return 'error'
    throw error
  }
}
