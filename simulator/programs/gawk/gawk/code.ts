/**
 * Compiled pieces of a program. What cannot block is a plain function (`now`); only what may wait for a process or a file, or
 * runs long, is a coroutine (`later`). So a record costs no coroutine unless the program asks for one.
 */
import type { Run } from '../../../kernel/run'

export interface Now<T> {
  readonly now: () => T
}

export interface Later<T> {
  readonly later: () => Run<T>
}

export type Code<T> = Now<T> | Later<T>

export const now = <T>(run: () => T): Now<T> => ({ now: run })
export const later = <T>(run: () => Run<T>): Later<T> => ({ later: run })

export function* perform<T>(code: Code<T>): Run<T> {
  return 'now' in code ? code.now() : yield* code.later()
}

export function map<A, T>(a: Code<A>, make: (a: A) => T): Code<T> {
  if ('now' in a) {
    const run = a.now
    return now(() => make(run()))
  }
  return later(function* () {
    return make(yield* a.later())
  })
}

/** Left first, then right, then both together. */
export function pair<A, B, T>(a: Code<A>, b: Code<B>, make: (a: A, b: B) => T): Code<T> {
  if ('now' in a && 'now' in b) {
    const x = a.now
    const y = b.now
    return now(() => make(x(), y()))
  }
  return later(function* () {
    const x = yield* perform(a)
    return make(x, yield* perform(b))
  })
}

export function all<A, T>(parts: readonly Code<A>[], make: (values: A[]) => T): Code<T> {
  const ready = parts.flatMap((p) => ('now' in p ? [p.now] : []))
  if (ready.length === parts.length) {
    const [first, second] = ready
    if (first && ready.length === 1) return now(() => make([first()]))
    if (first && second && ready.length === 2) return now(() => make([first(), second()]))
    return now(() => make(ready.map((run) => run())))
  }
  return later(function* () {
    const values: A[] = []
    for (const part of parts) values.push(yield* perform(part))
    return make(values)
  })
}

/** As `map`, where what follows may itself be a coroutine. (A module that exports a `then` is a thenable: who imports it dynamically waits for ever.) */
export function chain<A, T>(a: Code<A>, make: (a: A) => Run<T>): Later<T> {
  return later(function* () {
    return yield* make(yield* perform(a))
  })
}
