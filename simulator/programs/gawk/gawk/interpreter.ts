/** Runs a program: BEGIN, the records of the operands with their rules, END (gawk.info, "How awk Works", "Other Arguments"). */
import { help } from './help'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { Exit, type Io } from '../../program'
import { AwkArray } from './array'
import { type Code, perform } from './code'
import { Compiler, type Signal } from './compile'
import { Leave } from './compile/calls'
import { type Piece, unescape } from './lexer'
import { Machine } from './machine'
import { parse, type Parsed } from './parser'
import { RecordReader, type TextRecord } from './records'
import { Streams } from './streams'
import { ProgramError, type Section } from './syntax'
import { Input } from './values'

interface CompiledRule {
  readonly test: Code<boolean> | null
  readonly until: Code<boolean> | null
  readonly action: Code<Signal> | null
  readonly line: number
  active: boolean
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z_0-9]*)=([\s\S]*)$/

export class Interpreter {
  private readonly io: Io
  private readonly machine: Machine
  private readonly streams: Streams
  private readonly parsed: Parsed
  private readonly sections = new Map<Section, Code<Signal>[]>()
  private readonly rules: CompiledRule[]
  private readonly parameters = new AwkArray()
  private reader: RecordReader | null = null
  private next = 1
  /** Files that were read; standard input is read when there was none. */
  private read = 0
  private over = false
  private firstPassed = false
  constructor(io: Io, pieces: readonly Piece[], operands: readonly string[], _dialect: 'gnu' | 'traditional') {
    this.io = io
    this.machine = new Machine(io, io.name)
    io.unwritten = (fault) => this.machine.unwritten(fault)
    this.streams = new Streams(this.machine)
    this.parsed = this.guarded(() => parse(pieces, io.name))
    for (const warning of this.parsed.warnings) io.err(warning)
    this.machine.where = this.parsed.where
    const values = [io.name, ...operands]
    values.forEach((value, i) => this.parameters.set(String(i), new Input(value)))
    this.machine.cell('ARGV').value = this.parameters
    this.machine.cell('ARGC').value = values.length
    const { tree } = this.parsed
    this.rules = this.guarded(() => {
      const made = new Compiler(this.machine, this.streams, { next: () => this.nextRecord() }, tree)
      for (const [section, list] of tree.sections) this.sections.set(section, list.map((s) => made.statement(s)))
      return tree.rules.map(({ pattern, until, action, line }) => ({
        test: pattern ? made.test(pattern) : null, until: until ? made.test(until) : null, action: action ? made.statement(action) : null, line, active: false,
      }))
    })
  }
  private guarded<T>(make: () => T): T {
    try {
      return make()
    } catch (error) {
      if (error instanceof ProgramError) {
        this.io.err(error.message)
        throw new Exit(/: fatal: /.test(error.message) ? 2 : 1)
      }
      if (error instanceof RegexError) {
        this.io.err(`${this.io.name}: ${error.message}\n`)
        throw new Exit(1)
      }
      throw error
    }
  }
  /** -v. */
  assign(text: string): void {
    const found = ASSIGNMENT.exec(text)
    if (!found) {
      const cut = text.indexOf('=')
      if (cut < 0) {
        this.io.err(`${this.io.name}: \`${text}' argument to \`-v' not in \`var=value' form\n\n${help(this.io.name)}`)
        throw new Exit(1)
      }
      this.machine.fatal(`\`${text.slice(0, cut)}' is not a legal variable name`)
    }
    this.machine.assign(found[1] ?? '', unescape(found[2] ?? ''))
  }
  /** -F. */
  separateBy(text: string): void {
    this.machine.cell('FS').value = unescape(text)
  }
  *run(): Run<number> {
    const ended = yield* this.section('BEGIN')
    const reads = this.rules.length > 0 || this.sections.has('END') || this.sections.has('BEGINFILE') || this.sections.has('ENDFILE')
    if (ended !== 'exit' && reads) yield* this.records()
    // `exit` elsewhere still runs END; in END it ends the program.
    yield* this.section('END')
    yield* this.streams.closeAll()
    return this.machine.status
  }
  private *section(name: Section): Run<Signal> {
    for (const code of this.sections.get(name) ?? []) {
      const signal = yield* this.guardedRun(code)
      if (signal === 'exit' || signal === 'nextfile') return signal
    }
    return undefined
  }
  private *guardedRun(code: Code<Signal>): Run<Signal> {
    try {
      return 'now' in code ? code.now() : yield* code.later()
    } catch (thrown) {
      if (thrown instanceof Leave) return thrown.signal
      if (thrown instanceof Exit) yield* this.dying()
      throw thrown
    }
  }
  /** A fatal error: what was printed still goes out. */
  private *dying(): Run {
    yield* this.streams.closeAll()
  }
  private *records(): Run<Signal> {
    const { machine, io } = this
    for (;;) {
      const record = yield* this.nextRecord()
      if (!record) return this.over ? 'exit' : undefined
      machine.setRecord(record.text)
      if (io.sys.spend(1 + this.rules.length + (record.text.length >> 6))) yield 'preempted'
      const signal = yield* this.apply()
      if (signal === 'exit') return 'exit'
      if (signal === 'nextfile') yield* this.endFile()
      yield* io.drain()
    }
  }
  private *apply(): Run<Signal> {
    for (const rule of this.rules) {
      if (!(yield* this.selected(rule))) continue
      if (!rule.action) {
        this.io.out(this.machine.whole + this.machine.ors)
        if (this.io.sys.isatty(1)) yield* this.io.flush()
        continue
      }
      const signal = yield* this.guardedRun(rule.action)
      if (signal !== undefined) return signal
    }
    return undefined
  }
  private *selected(rule: CompiledRule): Run<boolean> {
    const { test, until } = rule
    this.machine.line = rule.line
    if (!test) return true
    if (!until) return yield* perform(test)
    if (!rule.active) {
      if (!(yield* perform(test))) return false
      rule.active = true
    }
    if (yield* perform(until)) rule.active = false
    return true
  }

  // ── the main input ────────────────────────────────────────────────────────────────────────────────────
  private *nextRecord(): Run<TextRecord | null> {
    for (;;) {
      if (!this.reader && !(yield* this.openNext())) return null
      const { reader } = this
      if (!reader) continue
      try {
        const record = yield* reader.next(this.machine.separator)
        if (record) {
          this.machine.advance()
          this.machine.cell('RT').value = record.terminator
          return record
        }
      } catch (error) {
        if (!isErrno(error)) throw error
        this.machine.warn(`error reading input file: ${error.message}`)
      }
      yield* this.endFile()
    }
  }
  private *endFile(): Run {
    if (!this.reader) return
    if (this.sections.has('ENDFILE')) yield* this.section('ENDFILE')
    if (this.reader.fd > 2) this.io.sys.close(this.reader.fd)
    this.reader = null
  }
  /** The next operand that is a file; assignments on the way are made. False when none is left. */
  private *openNext(): Run<boolean> {
    const { machine, io } = this
    for (;;) {
      const count = machine.cell('ARGC').value
      if (this.next >= (count instanceof AwkArray ? 0 : Number(machine.text(count)))) {
        if (this.read > 0 || this.firstPassed) return false
        this.firstPassed = true
        this.read++
        machine.newFile('-')
        this.reader = new RecordReader(io.sys, 0)
        yield* this.beginFile()
        return true
      }
      const index = String(this.next++)
      const element = this.parameters.has(index) ? this.parameters.peek(index) : undefined
      const operand = element instanceof AwkArray ? '' : machine.text(element)
      if (operand === '') continue
      const assignment = ASSIGNMENT.exec(operand)
      if (assignment) {
        machine.assign(assignment[1] ?? '', unescape(assignment[2] ?? ''))
        continue
      }
      this.read++
      machine.cell('ARGIND').value = Number(index)
      if (yield* this.openFile(operand)) return true
    }
  }
  private *openFile(path: string): Run<boolean> {
    const { machine, io } = this
    try {
      if (path === '-' || path === '/dev/stdin') this.reader = new RecordReader(io.sys, 0)
      else {
        if (io.sys.stat(path).kind === 'dir') {
          machine.warn(`command line argument \`${path}' is a directory: skipped`)
          return false
        }
        this.reader = new RecordReader(io.sys, yield* io.sys.open(path, { read: true, closeOnExec: true }))
      }
      machine.newFile(path)
      yield* this.beginFile()
      return true
    } catch (error) {
      if (!isErrno(error)) throw error
      machine.cell('ERRNO').value = error.message
      if (this.sections.has('BEGINFILE')) {
        machine.newFile(path)
        if ((yield* this.section('BEGINFILE')) === 'nextfile') return false
      }
      machine.cell('FNR').value = 0
      return machine.fatal(`cannot open file \`${path}' for reading: ${error.message}`)
    }
  }
  private *beginFile(): Run {
    if (!this.sections.has('BEGINFILE')) return
    this.machine.cell('ERRNO').value = ''
    const signal = yield* this.section('BEGINFILE')
    if (signal === 'nextfile') yield* this.endFile()
    if (signal === 'exit') this.over = true
  }
}
