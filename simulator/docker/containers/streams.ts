/** A container's streams (container/stream, daemon/logger/jsonfilelog): its FIFOs, copied to the log and to whoever is attached. */
import { drain, type Fifos, makeFifos } from '../../containerd/cri/io'
import { Output } from '../../containerd/cri/streams'
import { goJson } from '../../containerd/json'
import { removeAll } from '../../containerd/files'
import { rfc3339 } from '../../containerd/time'
import { concat, decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import { nanoseconds } from '../../containerd/time'

export type StreamName = 'stdout' | 'stderr'

/** A line is cut where it is longer (daemon/logger/copier.go). */
const LONGEST = 16_384
const NEWLINE = 10

/** Writes the lines of one stream to the container's log, each as a JSON object. */
class JsonLog {
  private readonly sys: Sys
  private readonly path: string
  private readonly stream: StreamName
  private held: Uint8Array = new Uint8Array(0)
  constructor(sys: Sys, path: string, stream: StreamName) {
    this.sys = sys
    this.path = path
    this.stream = stream
  }
  *write(bytes: Uint8Array): Run {
    this.held = concat([this.held, bytes])
    for (;;) {
      const at = this.held.indexOf(NEWLINE)
      const end = at < 0 || at >= LONGEST ? (this.held.length >= LONGEST ? LONGEST : -1) : at + 1
      if (end < 0) return
      yield* this.line(this.held.subarray(0, end))
      this.held = this.held.subarray(end)
    }
  }
  *end(): Run {
    if (this.held.length > 0) yield* this.line(this.held)
    this.held = new Uint8Array(0)
  }
  private *line(bytes: Uint8Array): Run {
    try {
      yield* this.sys.writeFile(this.path, encode(`${goJson({ log: decode(bytes), stream: this.stream, time: rfc3339(nanoseconds(this.sys)) })}\n`), { append: true, mode: 0o640 })
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
}

export interface IoChoice {
  /** Where the FIFOs are made, and what their names begin with. */
  readonly directory: string
  readonly name: string
  readonly stdin: 'stdin' | 'none'
  readonly terminal: 'tty' | 'pipes'
  /** Empty: nothing is logged. */
  readonly log: string
}

export class ProcessStreams {
  readonly fifos: Fifos
  private readonly sys: Sys
  private readonly attached = new Set<Output>()
  private readonly quiet: Futex
  private input = -1
  private live = 0
  constructor(sys: Sys, { directory, name, stdin, terminal, log }: IoChoice) {
    this.sys = sys
    this.quiet = sys.futex()
    this.fifos = makeFifos(sys, directory, name, { stdin, terminal })
    for (const stream of ['stdout', 'stderr'] as const) if (this.fifos[stream] !== '') sys.go(this.pass(stream, log === '' ? undefined : new JsonLog(sys, log, stream)))
  }
  attach(): Output {
    const output = new Output(this.sys, this.fifos.stderr === '' ? 1 : 2)
    this.attached.add(output)
    return output
  }
  detach(output: Output): void {
    this.attached.delete(output)
    output.abandon()
  }
  *write(bytes: Uint8Array): Run {
    if (this.fifos.stdin === '') return
    try {
      if (this.input < 0) this.input = yield* this.sys.open(this.fifos.stdin, { write: true, closeOnExec: true })
      yield* this.sys.write(this.input, bytes)
    } catch (error) {
      // Nobody reads any more.
      if (!isErrno(error)) throw error
    }
  }
  *closeInput(): Run {
    if (this.fifos.stdin === '') return
    if (this.input < 0) this.input = yield* this.sys.open(this.fifos.stdin, { write: true, closeOnExec: true })
    this.letGo()
  }
  private letGo(): void {
    if (this.input >= 0 && this.sys.isOpen(this.input)) this.sys.close(this.input)
    this.input = -1
  }
  private *pass(stream: StreamName, log: JsonLog | undefined): Run {
    const { attached } = this
    yield* drain(this.sys, this.fifos[stream], function* (bytes) {
      if (log) yield* log.write(bytes)
      for (const output of attached) yield* output.push(stream, bytes)
    }, () => { this.live++ })
    this.live--
    this.quiet.wake()
    if (log) yield* log.end()
    for (const output of attached) output.end()
  }
  /** The process has ended: what is still on its way comes, then those who are attached are let go, and the FIFOs go. */
  *finish(): Run {
    while (this.live > 0) yield* this.quiet.wait()
    this.discard()
  }
  /** The process never began. */
  discard(): void {
    for (const output of this.attached) output.abandon()
    this.letGo()
    for (const path of Object.values(this.fifos)) if (path !== '') removeAll(this.sys, path)
  }
}
