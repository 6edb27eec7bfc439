/** Standard streams of a container's process (pkg/process/io.go): the process has pipes (or a terminal), the shim copies between them and the client's FIFOs. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Stdio } from '../services'
import { copy } from './copy'
import { hasLogger, LogError, logUri, openLogFile, openPlace, type Place, startLogger } from './log'


/** Ends that a child of the shim gets as 0, 1 and 2; close them once it runs. */
export interface ProcessIo {
  readonly child: readonly [number, number, number]
  /** Starts copying; for a terminal with the master's descriptor. */
  begin(master?: number): void
  closeStdin(): void
  /** Waits until all output has been handed over. */
  drained(): Run
  /** Lets go of what a process that has ended will read no more. */
  close(): void
}

function* nothing(): Run {}

export function* openIo(sys: Sys, stdio: Stdio, place: Place): Run<ProcessIo> {
  if (stdio.stdin !== '') sys.stat(stdio.stdin)
  if (hasLogger(stdio)) {
    const [out, err] = yield* startLogger(sys, logUri(stdio.stdout), place)
    const input = yield* sys.open('/dev/null', { read: true, write: true, closeOnExec: true })
    return { child: [input, out, err], begin: () => {}, closeStdin: () => {}, drained: nothing, close: () => {} }
  }
  const none = (): Run<number> => sys.open('/dev/null', { read: true, write: true, closeOnExec: true })
  const done = sys.futex()
  let copying = 0
  const drain = function* (from: number, to: number): Run {
    copying++
    try {
      yield* copy(sys, from, to)
    } finally {
      copying--
      done.wake()
    }
    for (const fd of [from, to]) if (sys.isOpen(fd)) sys.close(fd)
  }
  /** FIFOs are opened for both directions first, so that opening never waits for the client. */
  const fifoOut = (path: string): Run<number> => sys.open(path, { read: true, write: true, closeOnExec: true })
  const output = function* (path: string): Run<{ child: number; begin: () => void }> {
    if (path === '') return { child: yield* none(), begin: () => {} }
    const uri = logUri(path)
    if (uri.scheme !== 'file' && uri.scheme !== 'fifo') throw new LogError(`failed to create init process I/O: unknown STDIO scheme ${uri.scheme}`)
    const { read, write } = sys.pipe()
    sys.setCloseOnExec(read, true)
    sys.setCloseOnExec(write, true)
    const to = uri.scheme === 'file' ? yield* openLogFile(sys, uri.path) : yield* openPlace(sys, path)
    return { child: write, begin: () => sys.go(drain(read, to)) }
  }
  const drained = function* (): Run {
    while (copying > 0) yield* done.wait()
  }
  if (stdio.terminal) {
    const child: [number, number, number] = [yield* none(), yield* none(), yield* none()]
    const to = stdio.stdout === '' ? yield* none() : yield* fifoOut(stdio.stdout)
    const from = stdio.stdin === '' ? -1 : yield* sys.open(stdio.stdin, { read: true, write: true, closeOnExec: true })
    const held = from < 0 ? [] : [from]
    return {
      child,
      begin: (master = -1) => {
        if (master < 0) return
        sys.go(drain(master, to))
        if (from < 0) return
        const input = sys.dup(master)
        held.push(input)
        sys.setCloseOnExec(input, true)
        sys.go(copy(sys, from, input))
      },
      closeStdin: () => {},
      drained,
      close: () => {
        for (const fd of held.splice(0)) if (sys.isOpen(fd)) sys.close(fd)
      },
    }
  }
  let input: number
  let readInput: () => Run = nothing
  // The shim writes to the FIFO as well, so that input goes on when a client leaves, until one says that it has ended.
  let keeper = -1
  if (stdio.stdin === '') input = yield* none()
  else {
    const { read, write } = sys.pipe()
    sys.setCloseOnExec(read, true)
    sys.setCloseOnExec(write, true)
    input = read
    keeper = yield* fifoOut(stdio.stdin)
    const from = yield* sys.open(stdio.stdin, { read: true, closeOnExec: true })
    readInput = () => feedAndClose(sys, from, write)
  }
  const out = yield* output(stdio.stdout)
  const err = yield* output(stdio.stderr)
  const closeStdin = (): void => {
    if (keeper >= 0) sys.close(keeper)
    keeper = -1
  }
  return {
    child: [input, out.child, err.child],
    begin: () => {
      out.begin()
      err.begin()
      sys.go(readInput())
    },
    closeStdin,
    drained,
    close: closeStdin,
  }
}

/** Input of a process that reads a pipe: its end is the pipe's. */
function* feedAndClose(sys: Sys, from: number, to: number): Run {
  yield* copy(sys, from, to)
  for (const fd of [from, to]) if (sys.isOpen(fd)) sys.close(fd)
}
