/**
 * How a command is written. Its folder is its place: `simulator/programs/PACKAGE/NAME/index.ts` with a default export
 * made by `program`; nothing else is edited to add one. PACKAGE is the Debian package that ships it, so apt-get knows
 * what an installation brings.
 */
import { concat, encode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { MemoryFigures } from '../kernel/program'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import type { Closeout, Ending } from './closeout'

/** Thrown to end a program at once with a status (after its output is written). */
export class Exit {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

/** Thrown where standard output could not be written: the program ends, with these words. */
class Unwritten {
  readonly ending: Ending
  constructor(ending: Ending) {
    this.ending = ending
  }
}

/** A buffer of stdio. */
const BUFFER = 4096

/**
 * A program's standard streams. `out` and `err` only queue; `flush` writes, in order. Everything is flushed when the
 * program ends; programs that run long flush as they go, programs that print much call `yield* io.drain()` now and then.
 */
export class Io {
  readonly sys: Sys
  /** The name it was called by: argv[0], without its directory unless the program keeps it. */
  readonly name: string
  /** Arguments after argv[0]. */
  readonly args: readonly string[]
  private queue: { readonly fd: 1 | 2; text: string; readonly bytes: Uint8Array[] }[] = []
  private queued = 0
  /** Standard output so far: what was to be printed, and what was written. */
  private asked = 0
  private printed = 0
  private lost: Ending | undefined
  /** Length of the piece with which a buffer ran full for the first time. */
  private overflow = 0
  /** What it says when its standard output cannot be written; undefined: it does not look. */
  unwritten: Closeout | undefined
  /** The status that the program has come to. */
  status = 0
  constructor(sys: Sys, called: NonNullable<ProgramSpec['called']> = 'by-name', unwritten?: Closeout) {
    this.sys = sys
    const zero = sys.argv[0] ?? ''
    this.name = called === 'by-path' ? zero : zero.slice(zero.lastIndexOf('/') + 1).replace(/^-/, '')
    this.args = sys.argv.slice(1)
    this.unwritten = unwritten
  }
  env(name: string): string | undefined {
    return this.sys.env.get(name)
  }
  out(text: string | Uint8Array): void {
    this.enqueue(1, text)
  }
  err(text: string | Uint8Array): void {
    this.enqueue(2, text)
  }
  private enqueue(fd: 1 | 2, what: string | Uint8Array): void {
    if (what.length === 0) return
    if (fd === 1 && (this.asked += what.length) > BUFFER && this.overflow === 0) this.overflow = what.length
    let last = this.queue[this.queue.length - 1]
    if (last?.fd !== fd) {
      last = { fd, text: '', bytes: [] }
      this.queue.push(last)
    }
    // Text is gathered as text: many short pieces become bytes at once.
    if (typeof what === 'string') last.text += what
    else {
      if (last.text !== '') last.bytes.push(encode(last.text))
      last.text = ''
      last.bytes.push(what)
    }
    this.queued += what.length
  }
  /** Writes what is queued when it has grown past a pipe's worth; and once when it has passed a buffer, as a full disk is noticed then. */
  *drain(): Run {
    if (this.queued >= 65536 || (this.overflow > 0 && this.printed === 0)) yield* this.flush()
  }
  *flush(): Run {
    const { queue } = this
    this.queue = []
    this.queued = 0
    for (const { fd, text, bytes } of queue) {
      if (text !== '') bytes.push(encode(text))
      yield* this.write(fd, concat(bytes))
    }
    this.close()
  }
  /** Bytes at once, after what is queued. */
  *put(bytes: Uint8Array): Run {
    yield* this.flush()
    yield* this.write(1, bytes)
    this.close()
  }
  /** Ends the program if what it printed was lost, and it is one that looks. */
  private close(): void {
    const { lost } = this
    this.lost = undefined
    if (lost) throw new Unwritten(lost)
  }
  private *write(fd: 1 | 2, bytes: Uint8Array): Run {
    if (fd === 1 && this.lost) return
    if (fd === 1) this.printed += bytes.length
    try {
      yield* this.sys.write(fd, bytes)
    } catch (error) {
      if (!isErrno(error)) throw error
      // Nobody learns of a standard error that cannot be written, nor do some programs look at their output.
      if (fd === 1) this.lost = this.unwritten?.({ name: this.name, why: error.message, isClosed: !this.sys.isOpen(1), isLast: this.printed <= BUFFER, piece: this.overflow, status: this.status })
    }
  }
  exit(code: number): never {
    throw new Exit(code)
  }
}

export interface ProgramSpec {
  /** Where Debian installs it; default `/usr/bin/NAME`. More than one: links to the first. */
  readonly paths?: readonly string[]
  /** Size of the file on disk in bytes, as recorded; a small ELF's where not given. */
  readonly size?: number
  readonly memory?: Partial<MemoryFigures>
  /** What the program calls itself in messages: the last part of argv[0] (default), or all of it. */
  readonly called?: 'by-name' | 'by-path'
  /** Threads beside the first that its runtime starts: Go's for GC, timers and system calls. */
  readonly threads?: number
  /** What it says when its standard output cannot be written; default: nothing, as of a program that does not look. */
  readonly unwritten?: Closeout
  /** One line for the reference page. */
  readonly summary: string
  /** The command. Its value is the exit status (none: 0). */
  run(io: Io): Run<number | void>
}

export interface ProgramModule extends ProgramSpec {
  main(sys: Sys): Run<number>
}

/** Runs what prints on these streams to its end, and writes what it printed: its status. */
export function* finish(io: Io, run: Run<number | void>): Run<number> {
  try {
    try {
      io.status = (yield* run) ?? 0
    } catch (thrown) {
      if (!(thrown instanceof Exit)) throw thrown
      io.status = thrown.code
    }
    yield* io.flush()
    return io.status
  } catch (thrown) {
    if (!(thrown instanceof Unwritten)) throw thrown
    io.err(thrown.ending.said)
    yield* io.flush()
    return thrown.ending.status
  }
}

/** Makes a program out of its declaration: runs it, writes what it printed, turns `Exit` into a status. */
export function program(spec: ProgramSpec): ProgramModule {
  return {
    ...spec,
    main(sys) {
      const io = new Io(sys, spec.called, spec.unwritten)
      return finish(io, spec.run(io))
    },
  }
}
