/** Container logs in the CRI's format (pkg/cri/io/logger.go): lines with their time and stream, `F` full or `P` partial. */
import { concat, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

/** `max_container_log_line_size`. */
const LONGEST_LINE = 16_384
const NEWLINE = 10
const RETURN = 13

export type LogStream = 'stdout' | 'stderr'

/** Cuts what one stream of a container writes into lines and appends them to the log. */
export class Logger {
  private readonly sys: Sys
  private readonly path: string
  private readonly stream: LogStream
  private held: Uint8Array = new Uint8Array(0)
  constructor(sys: Sys, path: string, stream: LogStream) {
    this.sys = sys
    this.path = path
    this.stream = stream
  }
  *write(bytes: Uint8Array): Run {
    if (this.path === '') return
    this.held = concat([this.held, bytes])
    for (let at = this.held.indexOf(NEWLINE); at >= 0 || this.held.length > LONGEST_LINE; at = this.held.indexOf(NEWLINE)) {
      if (at < 0 || at > LONGEST_LINE) {
        yield* this.line(this.held.subarray(0, LONGEST_LINE), 'P')
        this.held = this.held.subarray(LONGEST_LINE)
      } else {
        yield* this.line(this.held.subarray(0, at > 0 && this.held[at - 1] === RETURN ? at - 1 : at), 'F')
        this.held = this.held.subarray(at + 1)
      }
    }
  }
  /** What stands after the last newline is a partial line. */
  *end(): Run {
    if (this.held.length > 0) yield* this.line(this.held, 'P')
    this.held = new Uint8Array(0)
  }
  private *line(bytes: Uint8Array, tag: 'F' | 'P'): Run {
    try {
      yield* this.sys.writeFile(this.path, concat([encode(logHead(this.sys.now(), this.stream, tag)), bytes, encode('\n')]), { append: true, mode: 0o640 })
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
}

/** `2023-06-10T12:21:00.123456789Z stdout F `: RFC 3339 with all nine digits. */
export function logHead({ sec, nsec }: { readonly sec: number; readonly nsec: number }, stream: LogStream, tag: 'F' | 'P'): string {
  return `${new Date(sec * 1000).toISOString().slice(0, 19)}.${String(nsec).padStart(9, '0')}Z ${stream} ${tag} `
}
