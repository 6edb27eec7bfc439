/**
 * The streams of containers that a captured shim holds already: a pipe that the container's process writes to, and the FIFO that containerd
 * or ctr reads. What belongs together tells /proc.
 */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { closeHeld, heldDescriptors, openHeld } from '../files'
import { NO_STDIO, type Stdio } from '../services'
import type { ProcessIo } from './io'

const CHUNK = 32_768
const OUTPUTS = [[1, 'stdout'], [2, 'stderr']] as const

export interface HeldStreams {
  readonly stdio: Stdio
  readonly io: ProcessIo
}

/** Goes on copying what the process `pid` of container `id` writes. */
export function* goOn(sys: Sys, id: string, pid: number): Run<HeldStreams> {
  const held = heldDescriptors(sys)
  const done = sys.futex()
  let copying = 0
  const copy = function* (from: number, to: number, path: string): Run {
    try {
      for (;;) {
        const part = yield* sys.read(from, CHUNK)
        if (part.length === 0) break
        yield* sys.write(to, part)
      }
    } catch (error) {
      if (!isErrno(error)) throw error
    }
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
    sys.go(copy(from, yield* openHeld(sys, path, { read: true, write: true }, held), path))
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
