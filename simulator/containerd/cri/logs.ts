/** Container logs in the CRI's format (pkg/cri/io/logger.go): lines with their time and stream, `F` full or `P` partial. */
import { concat, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { closeHeld, makeDirectories, openHeld } from '../files'

/** `max_container_log_line_size`. */
const LONGEST_LINE = 16_384
const NEWLINE = 10
const RETURN = 13

export type LogStream = 'stdout' | 'stderr'

/** The file of a container's log, which both streams write. It is held open, so that one that was moved away is written on until it is opened anew. */
export class LogFile {
  readonly path: string
  private readonly sys: Sys
  /** Descriptors of a daemon that was found at work, by what they are of. */
  private readonly held: ReadonlyMap<string, readonly number[]>
  private fd = -1
  constructor(sys: Sys, path: string, held: ReadonlyMap<string, readonly number[]>) {
    this.sys = sys
    this.path = path
    this.held = held
  }
  *open(): Run {
    if (this.path === '') return
    this.close()
    makeDirectories(this.sys, this.path.slice(0, this.path.lastIndexOf('/')))
    this.fd = yield* openHeld(this.sys, this.path, { write: true, append: true, create: true }, this.held, 0o640)
  }
  *line(stream: LogStream, tag: 'F' | 'P', bytes: Uint8Array): Run {
    try {
      if (this.fd < 0) yield* this.open()
      if (this.fd >= 0) yield* this.sys.write(this.fd, concat([encode(logHead(this.sys.now(), stream, tag)), bytes, encode('\n')]))
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
  close(): void {
    if (this.fd >= 0) closeHeld(this.sys, this.fd, this.path, this.held)
    this.fd = -1
  }
}

/** Cuts what one stream of a container writes into lines and appends them to the log. */
export class Logger {
  private readonly log: LogFile
  private readonly stream: LogStream
  private held: Uint8Array = new Uint8Array(0)
  constructor(log: LogFile, stream: LogStream) {
    this.log = log
    this.stream = stream
  }
  *write(bytes: Uint8Array): Run {
    if (this.log.path === '') return
    this.held = concat([this.held, bytes])
    for (let at = this.held.indexOf(NEWLINE); at >= 0 || this.held.length > LONGEST_LINE; at = this.held.indexOf(NEWLINE)) {
      if (at < 0 || at > LONGEST_LINE) {
        yield* this.log.line(this.stream, 'P', this.held.subarray(0, LONGEST_LINE))
        this.held = this.held.subarray(LONGEST_LINE)
      } else {
        yield* this.log.line(this.stream, 'F', this.held.subarray(0, at > 0 && this.held[at - 1] === RETURN ? at - 1 : at))
        this.held = this.held.subarray(at + 1)
      }
    }
  }
  /** What stands after the last newline is a partial line. */
  *end(): Run {
    if (this.held.length > 0) yield* this.log.line(this.stream, 'P', this.held)
    this.held = new Uint8Array(0)
  }
}

/** `2023-06-10T12:21:00.123456789Z stdout F `: RFC 3339 with all nine digits. */
export function logHead({ sec, nsec }: { readonly sec: number; readonly nsec: number }, stream: LogStream, tag: 'F' | 'P'): string {
  return `${new Date(sec * 1000).toISOString().slice(0, 19)}.${String(nsec).padStart(9, '0')}Z ${stream} ${tag} `
}
