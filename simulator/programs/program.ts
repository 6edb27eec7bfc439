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
  private queue: { fd: 1 | 2; bytes: Uint8Array }[] = []
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
  private put(fd: 1 | 2, text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? encode(text) : text
    if (bytes.length === 0) return
    this.queue.push({ fd, bytes })
    this.queued += bytes.length
  }
  /** Writes what is queued when it has grown past a pipe's worth. */
  *drain(): Run {
    if (this.queued >= 65536) yield* this.flush()
  }
  *flush(): Run {
    while (this.queue.length > 0) {
      const fd = this.queue[0]?.fd ?? 1
      let n = 0
      while (n < this.queue.length && this.queue[n]?.fd === fd) n++
      const parts = this.queue.splice(0, n)
      yield* this.sys.write(fd, concat(parts.map((p) => p.bytes)))
    }
    this.queued = 0
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
