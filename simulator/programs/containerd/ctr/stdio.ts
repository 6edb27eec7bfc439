/**
 * A process' standard streams through FIFOs below /run/containerd/fifo, as containerd's cio package makes them: the client makes
 * the FIFOs, the shim opens the other ends.
 */
import { NO_STDIO, type Stdio } from '../../../containerd/services'
import { removeAll } from '../../../containerd/files'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

const FIFO_DIR = '/run/containerd/fifo'
const CHUNK = 32768

export interface Streams {
  readonly stdio: Stdio
  /** The process is there: from now on an end of standard input can be told. */
  created(): void
  /** Waits until all output has been passed on, then removes the FIFOs. */
  finish(): Run
  /** Removes the FIFOs at once: the process never started. */
  discard(): void
}

export interface StreamChoice {
  readonly id: string
  readonly terminal: 'tty' | 'pipes'
  readonly directory?: string
  /** Runs when standard input has ended, and the process was made before that (stdinCloser: what ends at once, as /dev/null does, is never told). */
  onInputEnd(): Run<void>
}

export const nullStreams: Streams = { stdio: NO_STDIO, created() {}, *finish() {}, discard() {} }

function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split('/').filter(Boolean)
  const root = path.startsWith('/') ? '/' : ''
  parts.forEach((_, i) => {
    try {
      sys.mkdir(`${root}${parts.slice(0, i + 1).join('/')}`, 0o700)
    } catch (error) {
      if (!isErrno(error, 'EEXIST', 'EROFS')) throw error
    }
  })
}

/** Makes the FIFOs and starts to copy between them and this process' own descriptors. */
export function openStreams(sys: Sys, choice: StreamChoice): Streams {
  const root = choice.directory || FIFO_DIR
  const directory = `${root}/${sys.random() >>> 0}`
  makeDirectories(sys, directory)
  const path = (name: string): string => `${directory}/${choice.id}-${name}`
  const names = choice.terminal === 'tty' ? ['stdin', 'stdout'] : ['stdin', 'stdout', 'stderr']
  for (const name of names) sys.mknod(path(name), 'fifo', 0o700)
  const stdio = { stdin: path('stdin'), stdout: path('stdout'), stderr: choice.terminal === 'tty' ? '' : path('stderr'), terminal: choice.terminal === 'tty' }
  return joinStreams(sys, stdio, { onInputEnd: choice.onInputEnd, directory })
}

/** Copies between FIFOs that are there, as `attach` finds them, and this process' own descriptors. */
export function joinStreams(sys: Sys, stdio: Stdio, choice: { readonly directory: string; onInputEnd(): Run<void> }): Streams {
  const ended = sys.futex()
  const outputs = [[stdio.stdout, 1], [stdio.stderr, 2]].filter((pair): pair is [string, number] => pair[0] !== '')
  let open = outputs.length
  let isCreated = false
  function* output(path: string, to: number): Run<void> {
    try {
      const fd = yield* retry(() => sys.open(path, { read: true }))
      yield* copy(sys, fd, to)
      sys.close(fd)
    } finally {
      open--
      ended.wake()
    }
  }
  function* input(): Run<void> {
    const first = yield* retry(() => sys.read(0, CHUNK))
    const isTold = first.length > 0 || isCreated
    const fd = yield* retry(() => sys.open(stdio.stdin, { write: true }))
    if (first.length > 0) {
      yield* retry(() => sys.write(fd, first))
      yield* copy(sys, 0, fd)
    }
    sys.close(fd)
    if (isTold) yield* choice.onInputEnd()
  }
  for (const [path, to] of outputs) sys.go(output(path, to))
  if (stdio.stdin !== '') sys.go(quietly(input()))
  const discard = (): void => removeAll(sys, choice.directory)
  return {
    stdio,
    created() {
      isCreated = true
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
