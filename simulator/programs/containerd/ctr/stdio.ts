/**
 * A process' standard streams through FIFOs below /run/containerd/fifo, as containerd's cio package makes them: the client makes
 * the FIFOs, the shim opens the other ends.
 */
import { randomHex } from '../../../containerd/digest'
import { NO_STDIO, type Stdio } from '../../../containerd/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

const FIFO_DIR = '/run/containerd/fifo'
const CHUNK = 32768

export interface Streams {
  readonly stdio: Stdio
  /** Waits until all output has been passed on, then removes the FIFOs. */
  finish(): Run
  /** Removes the FIFOs at once: the process never started. */
  discard(): void
}

export interface StreamChoice {
  readonly id: string
  readonly terminal: 'tty' | 'pipes'
  readonly directory?: string
  /** Runs when standard input has ended. */
  onInputEnd(): Run<void>
}

export const nullStreams: Streams = { stdio: NO_STDIO, *finish() {}, discard() {} }

function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split('/').filter(Boolean)
  parts.forEach((_, i) => {
    try {
      sys.mkdir(`/${parts.slice(0, i + 1).join('/')}`, 0o700)
    } catch (error) {
      if (!isErrno(error, 'EEXIST', 'EROFS')) throw error
    }
  })
}

/** Makes the FIFOs and starts to copy between them and this process' own descriptors. */
export function openStreams(sys: Sys, choice: StreamChoice): Streams {
  const root = choice.directory || FIFO_DIR
  const directory = `${root}/${randomHex(sys, 10)}`
  makeDirectories(sys, directory)
  const path = (name: string): string => `${directory}/${choice.id}-${name}`
  const names = choice.terminal === 'tty' ? ['stdin', 'stdout'] : ['stdin', 'stdout', 'stderr']
  for (const name of names) sys.mknod(path(name), 'fifo', 0o700)
  const ended = sys.futex()
  let open = names.length - 1
  function* output(name: string, to: number): Run<void> {
    try {
      const fd = yield* retry(() => sys.open(path(name), { read: true }))
      yield* copy(sys, fd, to)
      sys.close(fd)
    } finally {
      open--
      ended.wake()
    }
  }
  function* input(): Run<void> {
    const fd = yield* retry(() => sys.open(path('stdin'), { write: true }))
    yield* copy(sys, 0, fd)
    sys.close(fd)
    yield* choice.onInputEnd()
  }
  sys.go(output('stdout', 1))
  if (choice.terminal === 'pipes') sys.go(output('stderr', 2))
  sys.go(quietly(input()))
  const discard = (): void => {
    for (const name of names) sys.unlink(path(name))
    sys.rmdir(directory)
  }
  return {
    stdio: {
      stdin: path('stdin'),
      stdout: path('stdout'),
      stderr: choice.terminal === 'tty' ? '' : path('stderr'),
      terminal: choice.terminal === 'tty',
    },
    *finish() {
      while (open > 0) yield* retry(() => ended.wait())
      discard()
    },
    discard,
  }
}

/** A call again for as long as signals interrupt it. */
export function* retry<T>(call: () => Run<T>): Run<T> {
  for (;;) {
    try {
      return yield* call()
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}

/** A copying that may end early: the other side is gone. */
function* quietly(run: Run<void>): Run<void> {
  try {
    yield* run
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

function* copy(sys: Sys, from: number, to: number): Run<void> {
  for (;;) {
    const bytes = yield* retry(() => sys.read(from, CHUNK))
    if (bytes.length === 0) return
    yield* retry(() => sys.write(to, bytes))
  }
}
