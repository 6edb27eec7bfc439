/** The client's end of a CRI stream, as crictl's and kubectl's exec and attach have it: both ways, a terminal in raw mode, its size. */
import type { Stream, StreamOptions } from '../../containerd/cri/services'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import type { Sys } from '../../kernel/sys'
import { makeRaw } from '../../kernel/tty/termios'
import { retry } from '../containerd/ctr/stdio'

const CHUNK = 32_768
/** The size goes a way of its own, and comes when the program has begun: bash draws its prompt twice (recording: tty/shell). */
const RESIZE_NS = 20_000_000

export interface Client {
  readonly sys: Sys
  /** Asks the server that has the stream. */
  call<T>(work: () => Run<T>): Run<T>
}

/** Runs the session until its output ends; its value is the exit status. */
export function* converse(client: Client, open: () => Run<Stream>, options: StreamOptions): Run<number> {
  const { sys } = client
  const before = options.terminal === 'tty' ? sys.tcgetattr(0) : null
  if (before) sys.tcsetattr(0, makeRaw(before))
  try {
    const stream = yield* open()
    const resize = function* (): Run {
      const { cols, rows } = sys.getWindowSize(0)
      yield* retry(() => client.call(() => stream.resize({ width: cols, height: rows })))
    }
    let isResized = false
    if (before) {
      sys.signal(SIG.SIGWINCH, () => {
        isResized = true
      })
      sys.go(firstResize(sys, resize))
    }
    if (options.stdin === 'stdin') sys.go(input(client, stream))
    yield* output(client, stream, function* () {
      if (isResized) yield* resize()
      isResized = false
    })
    return yield* retry(() => client.call(() => stream.wait()))
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

function* firstResize(sys: Sys, resize: () => Run): Run {
  yield* sys.sleep(RESIZE_NS)
  yield* resize()
}

/** Writes what comes until there is no more. */
export function* output(client: Client, stream: Pick<Stream, 'next'>, interrupted: () => Run): Run {
  let seen = 0
  for (;;) {
    try {
      const last = seen
      const chunk = yield* client.call(() => stream.next(last))
      if (chunk === null) return
      seen = chunk.number
      yield* retry(() => client.sys.write(chunk.stream === 'stdout' ? 1 : 2, chunk.bytes))
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      yield* interrupted()
    }
  }
}

function* input(client: Client, stream: Stream): Run {
  try {
    for (;;) {
      const bytes = yield* retry(() => client.sys.read(0, CHUNK))
      if (bytes.length === 0) break
      yield* retry(() => client.call(() => stream.write(bytes)))
    }
    yield* retry(() => client.call(() => stream.closeInput()))
  } catch (error) {
    // The session has ended, or the input cannot be read.
    if (!(error instanceof Error)) throw error
  }
}
