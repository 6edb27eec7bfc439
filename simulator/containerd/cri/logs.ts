/** Container logs in the CRI's format (pkg/cri/io/logger.go): a FIFO for each stream, lines with their time, `F` full or `P` partial. */
import { concat, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { makeDirectories } from '../files'

const CHUNK = 32_768
const LONGEST_LINE = 16_384
const NEWLINE = 10

/** Copies one stream of a container to its log until the container closes it. The FIFO must exist. */
export function* logStream(sys: Sys, fifo: string, logPath: string, stream: 'stdout' | 'stderr'): Run {
  let held: Uint8Array = new Uint8Array(0)
  const line = function* (bytes: Uint8Array, tag: 'F' | 'P'): Run {
    if (logPath === '') return
    yield* sys.writeFile(logPath, concat([encode(`${fixedTime(sys)} ${stream} ${tag} `), bytes, encode('\n')]), { append: true, mode: 0o640 })
  }
  try {
    const fd = yield* sys.open(fifo, { read: true, closeOnExec: true })
    for (;;) {
      const part = yield* sys.read(fd, CHUNK)
      if (part.length === 0) break
      held = concat([held, part])
      for (let at = held.indexOf(NEWLINE); at >= 0; at = held.indexOf(NEWLINE)) {
        yield* line(held.subarray(0, at), 'F')
        held = held.subarray(at + 1)
      }
      while (held.length >= LONGEST_LINE) {
        yield* line(held.subarray(0, LONGEST_LINE), 'P')
        held = held.subarray(LONGEST_LINE)
      }
    }
    sys.close(fd)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  if (held.length > 0) yield* line(held, 'F')
}

/** RFC 3339 with all nine digits. */
function fixedTime(sys: Sys): string {
  const { sec, nsec } = sys.now()
  return `${new Date(sec * 1000).toISOString().slice(0, 19)}.${String(nsec).padStart(9, '0')}Z`
}

/** The FIFOs of a container or an exec. */
export function makeFifos(sys: Sys, directory: string, id: string): { stdout: string; stderr: string } {
  makeDirectories(sys, directory, 0o700)
  const paths = { stdout: `${directory}/${id}-stdout`, stderr: `${directory}/${id}-stderr` }
  for (const path of Object.values(paths)) sys.mknod(path, 'fifo', 0o700)
  return paths
}
