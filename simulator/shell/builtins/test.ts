/** `test` and `[` (bash(1), CONDITIONAL EXPRESSIONS; POSIX's rules by number of arguments). */
import type { Stat } from '../../kernel/sys'
import type { Builtin } from '../builtins'
import { compare, fileCompare } from '../execute/comparing'
import { byCodePoint } from '../expand/glob'
import { setOptionNamed } from '../options'
import type { Shell } from '../shell'

class TestError extends Error {}

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/
const BINARY = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'])

const testing = (name: string): Builtin => ({
  name,
  *run(shell, { args }) {
    const list = args.slice(1)
    if (name === '[' && list.pop() !== ']') {
      yield* shell.error("[: missing `]'")
      return 2
    }
    try {
      return evaluate(shell, list) ? 0 : 1
    } catch (error) {
      if (!(error instanceof TestError)) throw error
      yield* shell.error(`${name}: ${error.message}`)
      return 2
    }
  },
})

export default [testing('test'), testing('[')]

function evaluate(shell: Shell, args: readonly string[]): boolean {
  const [a = '', b = '', c = '', d = ''] = args
  switch (args.length) {
    case 0:
      return false
    case 1:
      return a !== ''
    case 2:
      if (a === '!') return b === ''
      if (UNARY.test(a)) return unary(shell, a, b)
      throw new TestError(`${a}: unary operator expected`)
    case 3:
      if (BINARY.has(b)) return binary(shell, b, a, c)
      if (b === '-a') return a !== '' && c !== ''
      if (b === '-o') return a !== '' || c !== ''
      if (a === '!') return !evaluate(shell, args.slice(1))
      if (a === '(' && c === ')') return b !== ''
      throw new TestError(`${b}: binary operator expected`)
    case 4:
      if (a === '!') return !evaluate(shell, args.slice(1))
      if (a === '(' && d === ')') return evaluate(shell, args.slice(1, 3))
  }
  const parser = { at: 0 }
  const value = either(shell, args, parser)
  if (parser.at < args.length) throw new TestError('too many arguments')
  return value
}

interface Position {
  at: number
}

function either(shell: Shell, args: readonly string[], p: Position): boolean {
  let value = both(shell, args, p)
  while (args[p.at] === '-o') {
    p.at++
    const right = both(shell, args, p)
    value = value || right
  }
  return value
}

function both(shell: Shell, args: readonly string[], p: Position): boolean {
  let value = term(shell, args, p)
  while (args[p.at] === '-a') {
    p.at++
    const right = term(shell, args, p)
    value = value && right
  }
  return value
}

function term(shell: Shell, args: readonly string[], p: Position): boolean {
  const a = args[p.at]
  if (a === undefined) throw new TestError('argument expected')
  if (a === '!') {
    p.at++
    return !term(shell, args, p)
  }
  if (a === '(') {
    p.at++
    const value = either(shell, args, p)
    if (args[p.at] !== ')') throw new TestError("`)' expected")
    p.at++
    return value
  }
  const operator = args[p.at + 1]
  if (operator !== undefined && BINARY.has(operator) && p.at + 2 < args.length) {
    p.at += 3
    return binary(shell, operator, a, args[p.at - 1] as string)
  }
  if (UNARY.test(a) && p.at + 1 < args.length) {
    p.at += 2
    return unary(shell, a, args[p.at - 1] as string)
  }
  p.at++
  return a !== ''
}

function unary(shell: Shell, operator: string, operand: string): boolean {
  if (operator === '-t' && !/^\s*\d+\s*$/.test(operand)) throw new TestError(`${operand}: integer expression expected`)
  return unaryTest(shell, operator, operand) === true
}

function number(text: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(`${text}: integer expression expected`)
  return BigInt(text.trim().replace(/^\+/, ''))
}

function binary(shell: Shell, operator: string, a: string, b: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return byCodePoint(a, b) < 0
    case '>':
      return byCodePoint(a, b) > 0
    case '-nt':
    case '-ot':
    case '-ef':
      return fileCompare(shell, operator, a, b)
    default:
      return compare(operator, number(a), number(b))
  }
}

/** The tests with one operand, of `[` and `[[` alike. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean | undefined {
  const { sys } = shell
  const stat = (test: (stat: Stat) => boolean): boolean => {
    try {
      return test(sys.stat(operand))
    } catch {
      return false
    }
  }
  switch (operator) {
    case '-n':
      return operand !== ''
    case '-z':
      return operand === ''
    case '-a':
    case '-e':
      return stat(() => true)
    case '-f':
      return stat((s) => s.kind === 'file')
    case '-d':
      return stat((s) => s.kind === 'dir')
    case '-b':
      return stat((s) => s.kind === 'blk')
    case '-c':
      return stat((s) => s.kind === 'chr')
    case '-p':
      return stat((s) => s.kind === 'fifo')
    case '-S':
      return stat((s) => s.kind === 'sock')
    case '-s':
      return stat((s) => s.size > 0)
    case '-g':
      return stat((s) => (s.mode & 0o2000) !== 0)
    case '-u':
      return stat((s) => (s.mode & 0o4000) !== 0)
    case '-k':
      return stat((s) => (s.mode & 0o1000) !== 0)
    case '-G':
      return stat((s) => s.gid === sys.credentials.egid)
    case '-O':
      return stat((s) => s.uid === sys.credentials.euid)
    case '-N':
      return stat((s) => s.mtime.sec > s.atime.sec || (s.mtime.sec === s.atime.sec && s.mtime.nsec > s.atime.nsec))
    case '-h':
    case '-L':
      try {
        return sys.lstat(operand).kind === 'link'
      } catch {
        return false
      }
    case '-r':
      return allowed(shell, operand, { read: true })
    case '-w':
      return allowed(shell, operand, { write: true })
    case '-x':
      return allowed(shell, operand, { execute: true })
    case '-t':
      return /^\d+$/.test(operand) && sys.isOpen(Number(operand)) && sys.isatty(Number(operand))
    case '-o': {
      const option = setOptionNamed(operand)
      return option !== undefined && shell.options.has(option)
    }
    case '-v': {
      const element = /^(\w+)\[(.*)\]$/.exec(operand)
      const variable = shell.vars.find(shell.vars.resolve(element?.[1] ?? operand))
      if (element) return element[2] === '@' || element[2] === '*' ? (variable?.isSet ?? false) : variable?.get(element[2] as string) !== undefined
      return variable?.scalar !== undefined
    }
    case '-R':
      return shell.vars.all.get(operand)?.nameref ?? false
    default:
      return undefined
  }
}

function allowed(shell: Shell, path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): boolean {
  try {
    return shell.sys.access(path, want)
  } catch {
    return false
  }
}
