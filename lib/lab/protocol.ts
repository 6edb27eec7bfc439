/** What the page and the worker that runs the lab say to each other. */
import type { ExecResult, Picture } from '../../simulator'

/** A scenario as the page knows it; the worker, called by its name, fetches the whole. */
export interface ScenarioPlace {
  readonly name: string
  /** Where its login is. */
  readonly host: string
}

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

/** What comes into a lab from outside. Terminal 0 is the scenario's login. */
export type Input =
  /** Keys at a terminal. */
  | readonly ['i', terminal: number, text: string]
  | readonly ['r', terminal: number, cols: number, rows: number]
  | readonly ['o', terminal: number, node: string, cols: number, rows: number]
  | readonly ['c', terminal: number]
  /** A hidden check: it takes pids and time as any program does. */
  | readonly ['x', node: string, script: string]

/** An input with its moment: the machine's steps and its monotonic clock (ns). */
export type Entry = readonly [steps: number, ns: number, input: Input]

/** A whole session: with the scenario and the start, all that is needed to live it again. */
export interface Recording {
  /** The version of the simulator; of another one, only the times hold. */
  readonly build: string
  readonly cols: number
  readonly rows: number
  readonly entries: readonly Entry[]
}

/** Virtual time in relation to the wall's; `at once`: as fast as it goes. */
export type Pace = number | 'at once'

export type ToWorker =
  | { readonly type: 'begin'; readonly start: Start; readonly build: string; readonly recording: Recording; readonly pace: Pace }
  | { readonly type: 'input'; readonly input: Input }
  | { readonly type: 'exec'; readonly id: number; readonly node: string; readonly script: string }
  /** So many bytes have been shown (flow control). */
  | { readonly type: 'shown'; readonly bytes: number }
  | { readonly type: 'pace'; readonly pace: Pace }

export type FromWorker =
  | { readonly type: 'began'; readonly nodes: readonly string[] }
  | { readonly type: 'replaying'; readonly done: number; readonly of: number }
  | { readonly type: 'output'; readonly terminal: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'opened'; readonly terminal: number; readonly node: string }
  /** The terminal's login shell has ended. */
  | { readonly type: 'ended'; readonly terminal: number }
  | { readonly type: 'logged'; readonly entry: Entry }
  | { readonly type: 'result'; readonly id: number; readonly result: ExecResult }
  | { readonly type: 'picture'; readonly picture: Picture }
  /** Nothing runs in the foreground any more than a prompt: a good moment to look at the state. */
  | { readonly type: 'rest' }
  | { readonly type: 'failed'; readonly message: string }
