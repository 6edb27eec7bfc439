/**
 * Calls that nest as deep as a script likes: a function's body, eval, a sourced file. A coroutine inside a coroutine costs the host's
 * stack at every step, so such a body is not entered with `yield*`: it is put on a list of its own, and `flat`, at the root of the
 * process, steps the one on top.
 */
import type { Pause, Run } from '../kernel/run'

interface Level {
  readonly bodies: Run<void>[]
  /** A body has just been put on top: what was yielded is only the way to it. */
  entered: 'now' | 'before'
}

/** The list of the process that is being stepped. */
let current: Level | undefined

/** A coroutine whose value is kept for whoever waits for it. */
function kept<T>(run: () => Run<T>): { readonly body: Run<void>; value(): T } {
  let outcome: { readonly value: T } | undefined
  const body = (function* (): Run<void> {
    outcome = { value: yield* run() }
  })()
  return {
    body,
    value() {
      if (!outcome) throw new Error('a nested body ended without a value')
      return outcome.value
    },
  }
}

/** Runs `run` on top of the caller; its value and what it throws come back here. */
export function* deep<T>(run: () => Run<T>): Run<T> {
  const level = current
  if (!level) return yield* run()
  const { body, value } = kept(run)
  level.bodies.push(body)
  level.entered = 'now'
  yield 'preempted'
  return value()
}

/** The root of a process whose nested bodies are stepped one by one. */
export function* flat<T>(run: Run<T>): Run<T> {
  const root = kept(() => run)
  const level: Level = { bodies: [root.body], entered: 'before' }
  /** What the body on top, or the host, has thrown: it goes on to the body below. */
  let failure: { readonly thrown: unknown } | undefined
  try {
    for (let body = level.bodies.at(-1); body; body = level.bodies.at(-1)) {
      const outer = current
      current = level
      let pause: Pause | undefined
      try {
        const step = failure ? body.throw(failure.thrown) : body.next()
        failure = undefined
        if (step.done) level.bodies.pop()
        else pause = step.value
      } catch (thrown) {
        level.entered = 'before'
        level.bodies.pop()
        if (level.bodies.length === 0) throw thrown
        failure = { thrown }
      } finally {
        current = outer
      }
      if (pause === undefined) continue
      if (level.entered === 'now') {
        level.entered = 'before'
        continue
      }
      try {
        yield pause
      } catch (thrown) {
        failure = { thrown }
      }
    }
    return root.value()
  } finally {
    for (const body of level.bodies.reverse()) body.return()
  }
}
