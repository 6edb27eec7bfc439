/** The parts of the daemon that its calls work with. */
import type { Context } from './context'
import type { ContainerStore } from './containers/store'
import type { ProcessStreams } from './containers/streams'
import type { ImageStore } from './images/store'
import type { Networks } from './network/networks'
import type { Futex } from '../kernel/sys'
import type { Volumes } from './volumes'

/** What is known of a container only while the daemon runs. */
export interface Live {
  streams: ProcessStreams | undefined
  /** Processes of docker-proxy. */
  proxies: readonly number[]
  /** How often it has ended. */
  exits: number
  /** The wait before the next restart, ns. */
  backoff: number
  /** Execs by id. */
  readonly execs: Map<string, { readonly pid: number }>
}

export interface Engine extends Context {
  readonly images: ImageStore
  readonly containers: ContainerStore
  readonly networks: Networks
  readonly volumes: Volumes
  /** The short id of the network controller, which the hook names. */
  readonly controller: string
  live(id: string): Live
  forget(id: string): void
  /** Woken whenever a container's state has changed. */
  readonly changed: Futex
  /** Exit codes of containers that are gone, for those who wait for that. */
  readonly gone: Map<string, number>
}
