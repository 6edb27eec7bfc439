/** Standard streams of a container's process (pkg/process/io.go): the process has pipes (or a terminal), the shim copies between them and the client's FIFOs. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Stdio } from '../services'

const CHUNK = 32_768

/** Ends that a child of the shim gets as 0, 1 and 2; close them once it runs. */
export interface ProcessIo {
  readonly child: readonly [number, number, number]
  /** Starts copying; for a terminal with the master's descriptor. */
  begin(master?: number): void
  closeStdin(): void
  /** Waits until all output has been handed over. */
  drained(): Run
}

/** A scheme of `--log-uri` that the shim does not know. */
export class SchemeError extends Error {}

export function* openIo(sys: Sys, stdio: Stdio): Run<ProcessIo> {
  const nothing = (): Run<number> => sys.open('/dev/null', { read: true, write: true, closeOnExec: true })
  const done = sys.futex()
  let copying = 0
  let stdin = -1
  const copy = function* (from: number, to: number): Run {
    copying++
    try {
      for (;;) {
        const part = yield* sys.read(from, CHUNK)
        if (part.length === 0) break
        yield* sys.write(to, part)
      }
    } catch (error) {
      // The reader is gone, or the terminal has hung up (EIO): nothing more to copy.
      if (!isErrno(error)) throw error
    } finally {
      copying--
      done.wake()
    }
    for (const fd of [from, to]) if (sys.isOpen(fd)) sys.close(fd)
  }
  /** FIFOs are opened for both directions first, so that opening never waits for the client. */
  const fifoOut = (path: string): Run<number> => sys.open(path, { read: true, write: true, closeOnExec: true })
  const output = function* (path: string): Run<{ child: number; begin: () => void }> {
    const scheme = /^([a-z]+):\/\//.exec(path)?.[1]
    if (scheme !== undefined && scheme !== 'file' && scheme !== 'fifo') throw new SchemeError(scheme)
    if (path === '') return { child: yield* nothing(), begin: () => {} }
    const { read, write } = sys.pipe()
    sys.setCloseOnExec(read, true)
    sys.setCloseOnExec(write, true)
    const to = path.startsWith('file://') ? yield* sys.open(path.slice('file://'.length), { write: true, create: true, append: true, closeOnExec: true }) : yield* fifoOut(path)
    return { child: write, begin: () => sys.go(copy(read, to)) }
  }
  const drained = function* (): Run {
    while (copying > 0) yield* done.wait()
  }
  if (stdio.terminal) {
    const child: [number, number, number] = [yield* nothing(), yield* nothing(), yield* nothing()]
    const to = stdio.stdout === '' ? yield* nothing() : yield* fifoOut(stdio.stdout)
    const from = stdio.stdin === '' ? -1 : yield* sys.open(stdio.stdin, { read: true, write: true, closeOnExec: true })
    return {
      child,
      begin: (master = -1) => {
        if (master < 0) return
        sys.go(copy(master, to))
        if (from >= 0) sys.go(feed(sys, from, sys.dup(master)))
      },
      closeStdin: () => {},
      drained,
    }
  }
  const out = yield* output(stdio.stdout)
  const err = yield* output(stdio.stderr)
  let input: number
  if (stdio.stdin === '') input = yield* nothing()
  else {
    const { read, write } = sys.pipe()
    sys.setCloseOnExec(read, true)
    sys.setCloseOnExec(write, true)
    input = read
    stdin = write
  }
  const closeStdin = (): void => {
    if (stdin >= 0 && sys.isOpen(stdin)) sys.close(stdin)
    stdin = -1
  }
  return {
    child: [input, out.child, err.child],
    begin: () => {
      out.begin()
      err.begin()
      if (stdin >= 0) sys.go(readInput(sys, stdio.stdin, stdin, closeStdin))
    },
    closeStdin,
    drained,
  }
}

/** The client's input until it closes its end. */
function* readInput(sys: Sys, path: string, to: number, closeStdin: () => void): Run {
  try {
    const from = yield* sys.open(path, { read: true, closeOnExec: true })
    for (;;) {
      const part = yield* sys.read(from, CHUNK)
      if (part.length === 0) break
      yield* sys.write(to, part)
    }
    sys.close(from)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  closeStdin()
}

function* feed(sys: Sys, from: number, to: number): Run {
  try {
    for (;;) {
      const part = yield* sys.read(from, CHUNK)
      if (part.length === 0) return
      yield* sys.write(to, part)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}
