/**
 * How a command is written. Its folder is its place: `simulator/programs/PACKAGE/NAME/index.ts` with a default export
 * made by `program`; nothing else is edited to add one. PACKAGE is the Debian package that ships it, so apt-get knows
 * what an installation brings.
 */
import { concat, encode } from '../kernel/bytes'
import type { MemoryFigures } from '../kernel/program'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'

/** Thrown to end a program at once with a status (after its output is written). */
export class Exit {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

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
  constructor(sys: Sys, called: NonNullable<ProgramSpec['called']> = 'by-name') {
    this.sys = sys
    const zero = sys.argv[0] ?? ''
    this.name = called === 'by-path' ? zero : zero.slice(zero.lastIndexOf('/') + 1).replace(/^-/, '')
    this.args = sys.argv.slice(1)
  }
  env(name: string): string | undefined {
    return this.sys.env.get(name)
  }
  out(text: string | Uint8Array): void {
    this.put(1, text)
  }
  err(text: string | Uint8Array): void {
    this.put(2, text)
  }
  private put(fd: 1 | 2, what: string | Uint8Array): void {
    if (what.length === 0) return
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
  /** Writes what is queued when it has grown past a pipe's worth. */
  *drain(): Run {
    if (this.queued >= 65536) yield* this.flush()
  }
  *flush(): Run {
    const { queue } = this
    this.queue = []
    this.queued = 0
    for (const { fd, text, bytes } of queue) {
      if (text !== '') bytes.push(encode(text))
      yield* this.sys.write(fd, concat(bytes))
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
  /** One line for the reference page. */
  readonly summary: string
  /** The command. Its value is the exit status (none: 0). */
  run(io: Io): Run<number | void>
}

export interface ProgramModule extends ProgramSpec {
  main(sys: Sys): Run<number>
}

/** Makes a program out of its declaration: runs it, writes what it printed, turns `Exit` into a status. */
export function program(spec: ProgramSpec): ProgramModule {
  return {
    ...spec,
    *main(sys) {
      const io = new Io(sys, spec.called)
      let code: number
      try {
        code = (yield* spec.run(io)) ?? 0
      } catch (thrown) {
        if (!(thrown instanceof Exit)) throw thrown
        code = thrown.code
      }
      yield* io.flush()
      return code
    },
  }
}
