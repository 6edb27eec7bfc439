/** Statements: each as code that tells how it ended. */
import type { Compiler, Signal } from '../compile'
import { all, chain, type Code, later, map, now, pair, perform } from '../code'
import type { Run } from '../../../../kernel/run'
import type { Expression, Statement } from '../syntax'
import { compare, Input, Pattern, toNumber, type Value } from '../values'
import { formatted } from './library'
import { keys } from './sorted'

export function statement(compiler: Compiler, s: Statement): Code<Signal> {
  switch (s.type) {
    case 'block': return block(compiler, s.body)
    case 'expression': return marked(compiler, s.line, map(compiler.expression(s.value), () => undefined))
    case 'print': case 'printf': return printed(compiler, s)
    case 'if': return choose(compiler, s.line, compiler.test(s.test), compiler.statement(s.yes), s.no ? compiler.statement(s.no) : now(() => undefined))
    case 'while': return loop(compiler, s.line, compiler.test(s.test), compiler.statement(s.body), null, 'first')
    case 'do': return loop(compiler, s.line, compiler.test(s.test), compiler.statement(s.body), null, 'after')
    case 'for': {
      const first = s.first ? compiler.statement(s.first) : null
      const run = loop(compiler, s.line, s.test ? compiler.test(s.test) : now(() => true), compiler.statement(s.body), s.step ? compiler.statement(s.step) : null, 'first')
      return first ? later(function* () {
        yield* perform(first)
        return yield* perform(run)
      }) : run
    }
    case 'for-in': return forIn(compiler, s)
    case 'switch': return switched(compiler, s)
    case 'next': case 'nextfile': case 'break': case 'continue': {
      const { type } = s
      return now(() => type)
    }
    case 'exit': {
      if (!s.value) return now(() => 'exit')
      return marked(compiler, s.line, map(compiler.expression(s.value), (v): Signal => {
        compiler.machine.status = Math.trunc(toNumber(v)) & 255
        return 'exit'
      }))
    }
    case 'return': {
      const value = s.value ? compiler.expression(s.value) : now((): Value => undefined)
      return marked(compiler, s.line, map(value, (v): Signal => {
        compiler.machine.returned = v
        return 'return'
      }))
    }
    case 'delete': {
      const array = compiler.array(s.array)
      if (!s.subscripts) return map(array, (a): Signal => {
        a.clear()
        return undefined
      })
      return pair(array, compiler.key(s.subscripts), (a, key): Signal => {
        a.delete(key)
        return undefined
      })
    }
  }
}

/** Says where the program is before a statement runs. */
function marked<T>(compiler: Compiler, line: number, code: Code<T>): Code<T> {
  const { machine } = compiler
  if ('now' in code) {
    const run = code.now
    return now(() => {
      machine.line = line
      return run()
    })
  }
  return later(function* () {
    machine.line = line
    return yield* code.later()
  })
}

function block(compiler: Compiler, statements: readonly Statement[]): Code<Signal> {
  const parts = statements.map((s) => compiler.statement(s))
  const ready = parts.flatMap((p) => ('now' in p ? [p.now] : []))
  if (ready.length === parts.length) {
    const [only] = ready
    if (only && ready.length === 1) return now(only)
    return now(() => {
      for (const run of ready) {
        const signal = run()
        if (signal !== undefined) return signal
      }
      return undefined
    })
  }
  return later(function* () {
    for (const part of parts) {
      const signal = 'now' in part ? part.now() : yield* part.later()
      if (signal !== undefined) return signal
    }
    return undefined
  })
}

function choose(compiler: Compiler, line: number, test: Code<boolean>, yes: Code<Signal>, no: Code<Signal>): Code<Signal> {
  const { machine } = compiler
  if ('now' in test && 'now' in yes && 'now' in no) {
    return now(() => {
      machine.line = line
      return test.now() ? yes.now() : no.now()
    })
  }
  return later(function* () {
    machine.line = line
    return yield* perform((yield* perform(test)) ? yes : no)
  })
}

function loop(compiler: Compiler, line: number, test: Code<boolean>, body: Code<Signal>, step: Code<Signal> | null, when: 'first' | 'after'): Code<Signal> {
  const { machine } = compiler
  const tick = (): Run => compiler.tick()
  return later(function* () {
    for (let round = 0; ; round++) {
      machine.line = line
      if (when === 'first' || round > 0) {
        if (!('now' in test ? test.now() : yield* test.later())) return undefined
      }
      const signal = 'now' in body ? body.now() : yield* body.later()
      if (signal === 'break') return undefined
      if (signal !== undefined && signal !== 'continue') return signal
      if (step) yield* perform(step)
      yield* tick()
    }
  })
}

function forIn(compiler: Compiler, s: Extract<Statement, { type: 'for-in' }>): Code<Signal> {
  const array = compiler.array(s.array)
  const body = compiler.statement(s.body)
  let current: Value
  const put = compiler.place(s.variable).set(now(() => current))
  return later(function* () {
    const elements = yield* perform(array)
    for (const key of yield* keys(compiler, elements)) {
      current = key
      yield* perform(put)
      const signal = yield* perform(body)
      if (signal === 'break') return undefined
      if (signal !== undefined && signal !== 'continue') return signal
      yield* compiler.tick()
    }
    return undefined
  })
}

function switched(compiler: Compiler, s: Extract<Statement, { type: 'switch' }>): Code<Signal> {
  const value = compiler.expression(s.value)
  const { machine } = compiler
  const cases = s.cases.map(({ label, body }) => ({ label: label ? (label.type === 'regexp' ? new Pattern(label.source) : constant(label)) : null, body: block(compiler, body) }))
  return later(function* () {
    const chosen = yield* perform(value)
    const matches = (label: Value): boolean => (label instanceof Pattern ? machine.regex(label.source).test(machine.text(chosen)) : typeof label === typeof chosen || chosen instanceof Input ? compare(chosen, label, machine.convfmt, machine.letters) === 0 : false)
    let at = cases.findIndex((c) => c.label !== null && matches(c.label))
    if (at < 0) at = cases.findIndex((c) => c.label === null)
    if (at < 0) return undefined
    for (const { body } of cases.slice(at)) {
      const signal = yield* perform(body)
      if (signal === 'break') return undefined
      if (signal !== undefined) return signal
    }
    return undefined
  })
}

function constant(e: Expression): Value {
  if (e.type === 'number') return e.value
  if (e.type === 'string') return e.text
  if (e.type === 'minus' && e.of.type === 'number') return -e.of.value
  return undefined
}

function printed(compiler: Compiler, s: Extract<Statement, { type: 'print' | 'printf' }>): Code<Signal> {
  const { machine, streams } = compiler
  const args = s.args.map((a) => compiler.expression(a))
  const shown = (value: Value): string => (typeof value === 'number' && !Number.isInteger(value) ? machine.outputText(value) : machine.text(value))
  const text: Code<string> = s.type === 'printf' ? formatted(compiler, args)
    : args.length === 0 ? now(() => machine.whole + machine.ors)
    : all(args, (values) => (values.length === 1 ? shown(values[0]) : values.map(shown).join(machine.ofs)) + machine.ors)
  if (s.type === 'printf' && args.length === 0) compiler.error(s.line, 'fatal: printf: no arguments')
  if (!s.redirection) {
    const { io } = machine
    const interactive = io.sys.isatty(1)
    const put = marked(compiler, s.line, map(text, (t): Signal => {
      io.out(t)
      return undefined
    }))
    return interactive ? later(function* () {
      const signal = yield* perform(put)
      yield* io.flush()
      return signal
    }) : put
  }
  const { to } = s.redirection
  const target = map(compiler.expression(s.redirection.target), (v) => machine.text(v))
  return marked(compiler, s.line, chain(pair(text, target, (t, name) => ({ t, name })), function* ({ t, name }): Run<Signal> {
    yield* streams.print(to, name, t)
    return undefined
  }))
}
