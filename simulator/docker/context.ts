/** What the parts of the daemon share. */
import { type Containerd, dialContainerd } from '../containerd/services'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import type { Events } from './events'

export const MOBY = 'moby'
export const DATA_ROOT = '/var/lib/docker'
export const EXEC_ROOT = '/var/run/docker'

export interface Context {
  readonly sys: Sys
  readonly events: Events
  /** A call to containerd; one that has started anew is dialled anew. */
  containerd<T>(work: (services: Containerd) => Run<T>): Run<T>
}

export function contextOf(sys: Sys, events: Events, socket: string): Context {
  return {
    sys,
    events,
    *containerd(work) {
      return yield* sys.call(dialContainerd(sys, socket), work)
    },
  }
}
