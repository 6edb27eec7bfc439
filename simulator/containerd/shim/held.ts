/**
 * The streams of containers that a captured shim holds already: a pipe that the container's process writes to, and the FIFO that containerd
 * or ctr reads. What belongs together tells /proc.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { closeHeld, openHeld } from '../files'
import { NO_STDIO, type Stdio } from '../services'
import { copy } from './copy'
import type { ProcessIo } from './io'

const OUTPUTS = [[1, 'stdout'], [2, 'stderr']] as const

export interface HeldStreams {
  readonly stdio: Stdio
  readonly io: ProcessIo
}

/** Goes on copying what the process `pid` of container `id` writes; `held`: what the shim has open. */
export function* goOn(sys: Sys, id: string, pid: number, held: ReadonlyMap<string, readonly number[]>): Run<HeldStreams> {
  const done = sys.futex()
  let copying = 0
  const drain = function* (from: number, to: number, path: string): Run {
    yield* copy(sys, from, to)
    sys.close(from)
    closeHeld(sys, to, path, held)
    copying--
    done.wake()
  }
  const found: { stdout?: string; stderr?: string } = {}
  for (const [fd, name] of OUTPUTS) {
    const [from] = held.get(sys.readlink(`/proc/${pid}/fd/${fd}`)) ?? []
    const path = [...held.keys()].find((target) => target.endsWith(`/${id}-${name}`))
    if (from === undefined || path === undefined) continue
    found[name] = path
    copying++
    sys.go(drain(from, yield* openHeld(sys, path, { read: true, write: true }, held), path))
  }
  return {
    stdio: { ...NO_STDIO, ...found },
    io: {
      child: [-1, -1, -1],
      begin: () => {},
      closeStdin: () => {},
      *drained() {
        while (copying > 0) yield* done.wait()
      },
      close: () => {},
    },
  }
}
