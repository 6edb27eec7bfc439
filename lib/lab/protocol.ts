/** What the page and the worker that runs the lab say to each other. */
import type { ExecResult, Picture, Scenario } from '../../simulator'

/** One checkpoint: what is done, then the time that the clock goes on to (Unix ms). */
export interface Stage {
  readonly setup: readonly { readonly node: string; readonly script: string }[]
  readonly at: number | null
}

/** A section's start: the checkpoints up to it, the pid counter of its node. */
export interface Start {
  readonly stages: readonly Stage[]
  readonly lastPid: number | null
  readonly node: string
}

export type ToWorker =
  | { readonly type: 'begin'; readonly scenario: Scenario; readonly start: Start; readonly cols: number; readonly rows: number; readonly basePath: string }
  | { readonly type: 'input'; readonly bytes: Uint8Array }
  | { readonly type: 'resize'; readonly cols: number; readonly rows: number }
  /** So many bytes have been shown (flow control). */
  | { readonly type: 'shown'; readonly bytes: number }
  | { readonly type: 'exec'; readonly id: number; readonly node: string; readonly script: string }

export type FromWorker =
  | { readonly type: 'began' }
  | { readonly type: 'output'; readonly bytes: Uint8Array }
  | { readonly type: 'result'; readonly id: number; readonly result: ExecResult }
  | { readonly type: 'picture'; readonly picture: Picture }
  /** Nothing runs in the foreground any more than a prompt: a good moment to look at the state. */
  | { readonly type: 'rest' }
  | { readonly type: 'failed'; readonly message: string }
