/** ^C and SIGTERM end what runs on; a second one ends crictl at once (util.go SetupInterruptSignalHandler). */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'

export interface Interrupts {
  readonly came: boolean
}

export function catchInterrupts(sys: Sys): Interrupts {
  const state = { came: false }
  for (const signo of [SIG.SIGINT, SIG.SIGTERM]) {
    sys.signal(signo, () => {
      if (state.came) sys.exit(1)
      state.came = true
    })
  }
  return state
}

/** Waits; true when it was interrupted. */
export function* pauseFor(sys: Sys, ns: number, interrupts: Interrupts): Run<boolean> {
  try {
    if (!interrupts.came) yield* sys.sleep(ns)
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
  }
  return interrupts.came
}
