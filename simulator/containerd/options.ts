/** What a scenario may settle about containerd before it starts. */
import type { Sys } from '../kernel/sys'

/** What is about to get an id and a process. `ctr` containers name themselves. */
export interface Creation {
  readonly kind: 'sandbox' | 'container'
  readonly namespace: string
  readonly pod: string
  /** '' for a sandbox. */
  readonly container: string
}

export interface Pin {
  readonly id?: string
  readonly pid?: number
  readonly shimPid?: number
}

export interface ContainerdOptions {
  readonly pins?: (creation: Creation) => Pin | undefined
}

const GIVEN = new WeakMap<Sys, ContainerdOptions>()

/** Call it in the task that is going to execute containerd. */
export const giveOptions = (sys: Sys, options: ContainerdOptions): void => void GIVEN.set(sys, options)
export const optionsOf = (sys: Sys): ContainerdOptions => GIVEN.get(sys) ?? {}
