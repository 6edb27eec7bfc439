/**
 * The form of everything that runs on a node: a generator coroutine. It yields only to block or because its time
 * slice is spent; the scheduler resumes it. Generators, not promises: the order of events never depends on the
 * JavaScript event loop, and a run can be stopped between any two yields.
 */
export type Run<T = void> = Generator<Pause, T, void>

/**
 * What a coroutine hands to the scheduler: `preempted` stays runnable, `blocked` waits until a queue wakes it, `loading` makes
 * the whole machine stand still until the host has loaded something; then the same step goes on.
 */
export type Pause = 'preempted' | 'blocked' | 'loading'

/** Runs a coroutine that must not block (a boot step, a test) to its end. Throws when it blocks. */
export function finish<T>(run: Run<T>): T {
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
    if (step.value !== 'preempted') throw new Error('a coroutine that must not block has blocked')
  }
}
