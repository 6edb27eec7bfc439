/** The client's end of an attached container or command (cli/command/container/hijack.go, tty.go, signals.go): both ways, a terminal in raw mode, its size, signals, the keys that detach. */
import type { Stream } from '../../../containerd/cri/services'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { makeRaw } from '../../../kernel/tty/termios'
import { retry } from '../../containerd/ctr/stdio'
import { output } from '../../streaming/converse'
import { type Context, Refused } from './command'

const CHUNK = 32_768
/** Not for the container (signals.go). */
const OWN_SIGNALS = ['SIGCHLD', 'SIGPIPE', 'SIGURG', 'SIGKILL', 'SIGSTOP', 'SIGWINCH', 'SIGTTIN', 'SIGTTOU', 'SIGTSTP', 'SIGCONT']
const DETACH_KEYS = 'ctrl-p,ctrl-q'
const CONTROL = [...'@abcdefghijklmnopqrstuvwxyz[\\]^_']

export interface Attended {
  readonly stdin: 'stdin' | 'none'
  readonly terminal: 'tty' | 'pipes'
  /** The streams that are shown. */
  readonly shown: readonly ('stdout' | 'stderr')[]
  /** Bytes that leave a terminal, typed one after the other. */
  readonly detachKeys: readonly number[]
  /** Runs once the stream is there: starts what is to be heard. */
  begin?(): Run<void>
  /** Called for signals that come meanwhile. */
  signal?(signo: number): Run<void>
}

/** A terminal can only be had where standard input is one. */
export function checkTty({ io: { sys } }: Context, stdin: Attended['stdin'], terminal: Attended['terminal']): void {
  if (stdin === 'stdin' && terminal === 'tty' && !(sys.isOpen(0) && sys.isatty(0))) throw new Refused('the input device is not a TTY')
}

/** `ctrl-p,a` as the bytes that a terminal gives (moby/term ascii.go); undefined where there is no such key. */
function keysOf(text: string): number[] | undefined {
  const codes = text.split(',').map((key) => (key.length === 1 ? key.charCodeAt(0) : key === 'DEL' ? 127 : key.startsWith('ctrl-') ? CONTROL.indexOf(key.slice('ctrl-'.length)) : -1))
  return codes.includes(-1) ? undefined : codes
}

/** --detach-keys; the daemon refuses what are no keys, and calls them otherwise for an exec. */
export function detachKeysOf({ flags }: Context, called: 'detach' | 'escape' = 'detach'): readonly number[] {
  const text = flags.text('detach-keys') || DETACH_KEYS
  const keys = keysOf(text)
  if (!keys) throw new Refused(`Error response from daemon: Invalid ${called} keys (${text}) provided`)
  return keys
}

/** Until its output ends, or somebody detaches. */
export function* attend(context: Context, stream: Stream, { stdin, terminal, shown, detachKeys, begin, signal }: Attended): Run<'ended' | 'detached'> {
  const { io: { sys } } = context
  const client = { sys, call: <T>(work: () => Run<T>): Run<T> => context.call(work) }
  const isTty = terminal === 'tty' && sys.isOpen(0) && sys.isatty(0)
  const before = isTty && stdin === 'stdin' ? sys.tcgetattr(0) : null
  if (before) sys.tcsetattr(0, makeRaw(before))
  const caught: number[] = []
  const state = { detached: false }
  try {
    if (signal && !before) for (const [name, signo] of Object.entries(SIG)) if (!OWN_SIGNALS.includes(name)) sys.signal(signo, (n) => caught.push(n))
    if (isTty) sys.signal(SIG.SIGWINCH, (n) => caught.push(n))
    if (begin) yield* begin()
    const resize = function* (): Run {
      const { cols, rows } = sys.getWindowSize(0)
      yield* quietly(client.call(() => stream.resize({ width: cols, height: rows })))
    }
    if (isTty) yield* resize()
    if (stdin === 'stdin') sys.go(input(sys, client.call, stream, before ? detachKeys : [], state))
    const visible: Pick<Stream, 'next'> = {
      *next(seen) {
        const chunk = yield* stream.next(seen)
        return state.detached ? null : chunk
      },
    }
    const hidden = (['stdout', 'stderr'] as const).filter((name) => !shown.includes(name))
    yield* output(client, hidden.length === 0 ? visible : without(visible, hidden), function* () {
      for (const signo of caught.splice(0)) {
        if (signo === SIG.SIGWINCH) yield* resize()
        else if (signal) yield* quietly(signal(signo))
      }
    })
    return state.detached ? 'detached' : 'ended'
  } finally {
    if (before) sys.tcsetattr(0, before)
  }
}

const without = (stream: Pick<Stream, 'next'>, hidden: readonly string[]): Pick<Stream, 'next'> => ({
  *next(seen) {
    for (let last = seen; ; ) {
      const chunk = yield* stream.next(last)
      if (chunk === null || !hidden.includes(chunk.stream)) return chunk
      last = chunk.number
    }
  },
})

function* quietly(work: Run<void>): Run {
  try {
    yield* work
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

/** The detach keys one after the other leave a terminal; what was typed before them goes on its way. */
function* input(sys: Sys, call: <T>(work: () => Run<T>) => Run<T>, stream: Stream, keys: readonly number[], state: { detached: boolean }): Run {
  let pressed = 0
  try {
    for (;;) {
      const bytes = yield* retry(() => sys.read(0, CHUNK))
      if (bytes.length === 0) break
      if (bytes.length === 1 && bytes[0] === keys[pressed]) {
        pressed++
        if (pressed < keys.length) continue
        state.detached = true
        yield* call(() => stream.wait())
        return
      }
      const held = Uint8Array.from(keys.slice(0, pressed))
      pressed = 0
      if (held.length > 0) yield* retry(() => call(() => stream.write(held)))
      yield* retry(() => call(() => stream.write(bytes)))
    }
    yield* retry(() => call(() => stream.closeInput()))
  } catch (error) {
    // The session has ended, or the input cannot be read.
    if (!isErrno(error) && !(error instanceof Error)) throw error
  }
}
