/** test(1) and [(1) of coreutils 9.1 (shells have their own): POSIX's rules by number of arguments, then GNU's grammar. */
import { isErrno } from '../../../kernel/errno'
import type { Stat } from '../../../kernel/sys'
import { type Io, program } from '../../program'
import { locale } from '../files'
import { HELP, VERSION } from './help'

class TestProblem extends Error {}

const FALSE = 1
const WRONG = 2

const isBinary = (word: string | undefined): boolean => word !== undefined && /^(=|==|!=|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(word)
const isUnary = (word: string): boolean => /^-[abcdefghkLnNOpGrsStuwxz]$/.test(word)

const has = (path: string, of: (s: Stat) => boolean) => (test: Test): boolean => {
  const stat = test.stat(path, 'stat')
  return stat !== null && of(stat)
}

const newer = (a: Stat, b: Stat): boolean => a.mtime.sec > b.mtime.sec || (a.mtime.sec === b.mtime.sec && a.mtime.nsec > b.mtime.nsec)

class Test {
  private at = 0
  private readonly io: Io
  private readonly args: readonly string[]
  constructor(io: Io, args: readonly string[]) {
    this.io = io
    this.args = args
  }
  value(): boolean {
    if (this.args.length === 0) return false
    const result = this.byCount(this.args.length)
    if (this.at < this.args.length) throw this.problem('extra argument', this.args[this.at] ?? '')
    return result
  }
  stat(path: string, how: 'stat' | 'lstat'): Stat | null {
    try {
      return this.io.sys[how](path)
    } catch (error) {
      if (!isErrno(error)) throw error
      return null
    }
  }
  private problem(what: string, word: string): TestProblem {
    return new TestProblem(`${what} ${locale(this.io, word)}`)
  }
  private about(word: string, what: string): TestProblem {
    return new TestProblem(`${locale(this.io, word)}: ${what}`)
  }
  private word(ahead = 0): string {
    const word = this.args[this.at + ahead]
    if (word === undefined) throw this.problem('missing argument after', this.args.at(-1) ?? '')
    return word
  }
  private byCount(count: number): boolean {
    switch (count) {
      case 1: return this.one()
      case 2: return this.two()
      case 3: return this.three()
      case 4:
        if (this.word() === '!') {
          this.at++
          return !this.three()
        }
        if (this.word() === '(' && this.word(3) === ')') {
          this.at++
          const value = this.two()
          this.at++
          return value
        }
    }
    return this.either()
  }
  private one(): boolean {
    return this.args[this.at++] !== ''
  }
  private two(): boolean {
    const first = this.word()
    if (first === '!') {
      this.at++
      return !this.one()
    }
    if (/^-.$/s.test(first)) {
      if (isUnary(first)) return this.unary()
      throw this.about(first, 'unary operator expected')
    }
    throw this.problem('missing argument after', this.args.at(-1) ?? '')
  }
  private three(): boolean {
    const middle = this.word(1)
    if (isBinary(middle)) return this.binary()
    if (this.word() === '!') {
      this.at++
      return !this.two()
    }
    if (this.word() === '(' && this.word(2) === ')') {
      this.at++
      const value = this.one()
      this.at++
      return value
    }
    if (middle === '-a' || middle === '-o') return this.either()
    throw this.about(middle, 'binary operator expected')
  }
  private either(): boolean {
    let value = false
    for (;;) {
      value = this.both() || value
      if (this.args[this.at] !== '-o') return value
      this.at++
    }
  }
  private both(): boolean {
    let value = true
    for (;;) {
      value = this.term() && value
      if (this.args[this.at] !== '-a') return value
      this.at++
    }
  }
  private term(): boolean {
    let negated = false
    while (this.args[this.at] === '!') {
      this.at++
      negated = !negated
      this.word()
    }
    this.word()
    return this.plainTerm() !== negated
  }
  private plainTerm(): boolean {
    const first = this.word()
    const left = this.args.length - this.at
    if (first === '(') {
      this.at++
      this.word()
      let size = 1
      while (this.at + size < this.args.length && this.args[this.at + size] !== ')') {
        if (size === 4) {
          size = this.args.length - this.at
          break
        }
        size++
      }
      const value = this.byCount(size)
      const close = this.args[this.at]
      if (close === undefined) throw new TestProblem(`${locale(this.io, ')')} expected`)
      if (close !== ')') throw new TestProblem(`${locale(this.io, ')')} expected, found ${close}`)
      this.at++
      return value
    }
    if (left >= 4 && first === '-l' && isBinary(this.args[this.at + 2])) return this.binary()
    if (left >= 3 && isBinary(this.args[this.at + 1])) return this.binary()
    if (/^-.$/s.test(first) && left > 1) {
      if (isUnary(first)) return this.unary()
      if (left === 1) return this.one()
      throw this.about(first, 'unary operator expected')
    }
    return this.one()
  }
  private integer(text: string): bigint {
    const found = /^[ \t]*([-+]?\d+)[ \t]*$/.exec(text)
    if (!found) throw this.problem('invalid integer', text)
    return BigInt((found[1] ?? '0').replace(/^\+/, ''))
  }
  private binary(): boolean {
    const length = (word: string): bigint => BigInt(word.length)
    let leftLength = false
    if (this.word() === '-l') {
      leftLength = true
      this.at++
    }
    const a = this.word()
    const operator = this.word(1)
    this.at += 2
    const rightLength = this.args[this.at] === '-l' && this.at + 1 < this.args.length
    if (rightLength) this.at++
    const b = this.word()
    this.at++
    switch (operator) {
      case '=': case '==': return a === b
      case '!=': return a !== b
      case '-nt': case '-ot': case '-ef': {
        if (leftLength || rightLength) throw new TestProblem(`${operator} does not accept -l`)
        const [x, y] = [this.stat(a, 'stat'), this.stat(b, 'stat')]
        if (operator === '-ef') return x !== null && y !== null && x.dev === y.dev && x.ino === y.ino
        const [p, q] = operator === '-nt' ? [x, y] : [y, x]
        return p !== null && (q === null || newer(p, q))
      }
    }
    const [x, y] = [leftLength ? length(a) : this.integer(a), rightLength ? length(b) : this.integer(b)]
    switch (operator) {
      case '-eq': return x === y
      case '-ne': return x !== y
      case '-lt': return x < y
      case '-le': return x <= y
      case '-gt': return x > y
      default: return x >= y
    }
  }
  private unary(): boolean {
    const operator = this.word()
    const operand = this.word(1)
    this.at += 2
    const { sys } = this.io
    switch (operator) {
      case '-n': return operand !== ''
      case '-z': return operand === ''
      case '-r': return sys.access(operand, { read: true })
      case '-w': return sys.access(operand, { write: true })
      case '-x': return sys.access(operand, { execute: true })
      case '-h': case '-L': return this.stat(operand, 'lstat')?.kind === 'link'
      case '-t': return sys.isatty(Number(this.integer(operand)))
      case '-b': return has(operand, (s) => s.kind === 'blk')(this)
      case '-c': return has(operand, (s) => s.kind === 'chr')(this)
      case '-d': return has(operand, (s) => s.kind === 'dir')(this)
      case '-f': return has(operand, (s) => s.kind === 'file')(this)
      case '-p': return has(operand, (s) => s.kind === 'fifo')(this)
      case '-S': return has(operand, (s) => s.kind === 'sock')(this)
      case '-s': return has(operand, (s) => s.size > 0)(this)
      case '-u': return has(operand, (s) => (s.mode & 0o4000) !== 0)(this)
      case '-g': return has(operand, (s) => (s.mode & 0o2000) !== 0)(this)
      case '-k': return has(operand, (s) => (s.mode & 0o1000) !== 0)(this)
      case '-O': return has(operand, (s) => s.uid === sys.credentials.euid)(this)
      case '-G': return has(operand, (s) => s.gid === sys.credentials.egid)(this)
      case '-N': return has(operand, (s) => newer(s, { ...s, mtime: s.atime }))(this)
      default: return this.stat(operand, 'stat') !== null
    }
  }
}

export default program({
  summary: 'check file types and compare values',
  called: 'by-path',
  paths: ['/usr/bin/test', '/usr/bin/['],
  *run(io) {
    let args = io.args
    if (io.name.endsWith('[')) {
      if (args.length === 1 && args[0] === '--help') return io.out(HELP)
      if (args.length === 1 && args[0] === '--version') return io.out(VERSION)
      if (args.at(-1) !== ']') {
        io.err(`${io.name}: missing ${locale(io, ']')}\n`)
        return WRONG
      }
      args = args.slice(0, -1)
    }
    try {
      return new Test(io, args).value() ? 0 : FALSE
    } catch (error) {
      if (!(error instanceof TestProblem)) throw error
      io.err(`${io.name}: ${error.message}\n`)
      return WRONG
    }
  },
})
