/** A container's streams (pkg/cri/io/container_io.go): FIFOs that its shim opens too, copied to the log and to whoever is attached. */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Futex, Sys } from '../../kernel/sys'
import { closeHeld, exists, makeDirectories, openHeld } from '../files'
import type { Stdio } from '../services'
import { LogFile, Logger, type LogStream } from './logs'
import { Output } from './streams'

const CHUNK = 32_768

/** Descriptors that the daemon holds from before, by path. */
type Held = ReadonlyMap<string, readonly number[]>

export type Fifos = { readonly [name in LogStream | 'stdin']: string }

/** Makes the FIFOs of a container or an exec, those that are wanted. */
export function makeFifos(sys: Sys, directory: string, id: string, stdio: { readonly stdin: 'stdin' | 'none'; readonly terminal: 'tty' | 'pipes' }): Fifos {
  makeDirectories(sys, directory, 0o700)
  const path = (name: string): string => {
    sys.mknod(`${directory}/${id}-${name}`, 'fifo', 0o700)
    return `${directory}/${id}-${name}`
  }
  return { stdin: stdio.stdin === 'stdin' ? path('stdin') : '', stdout: path('stdout'), stderr: stdio.terminal === 'tty' ? '' : path('stderr') }
}

/** The FIFOs of a container that runs already, by the directory that they lie in. Where there are none, its output is nowhere to be had. */
function foundFifos(sys: Sys, directory: string, id: string): Fifos {
  const last = exists(sys, directory) ? sys.readdir(directory).map((entry) => entry.name).sort().at(-1) : undefined
  if (last === undefined) return { stdin: '', stdout: '', stderr: '' }
  const path = (name: string): string => (exists(sys, `${directory}/${last}/${id}-${name}`) ? `${directory}/${last}/${id}-${name}` : '')
  return { stdin: path('stdin'), stdout: path('stdout'), stderr: path('stderr') }
}

/** The streams of a running container; those that another daemon began are found again. */
export function streamsOf(sys: Sys, streams: Map<string, ContainerIo>, state: string, { id, logPath }: { readonly id: string; readonly logPath: string }, held: Held = new Map()): ContainerIo {
  const known = streams.get(id)
  if (known) return known
  const io = new ContainerIo(sys, foundFifos(sys, `${state}/${id}/io`, id), logPath, held)
  streams.set(id, io)
  return io
}

export const stdioOf = (fifos: Fifos): Stdio => ({ ...fifos, terminal: fifos.stderr === '' })

/** Reads a FIFO until its writer is gone, however it ends. */
export function* drain(sys: Sys, path: string, take: (bytes: Uint8Array) => Run, opened: () => void = () => {}, held: Held = new Map()): Run {
  try {
    const fd = yield* openHeld(sys, path, { read: true }, held)
    opened()
    for (;;) {
      const part = yield* sys.read(fd, CHUNK)
      if (part.length === 0) break
      yield* take(part)
    }
    closeHeld(sys, fd, path, held)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

export class ContainerIo {
  readonly fifos: Fifos
  private readonly sys: Sys
  private readonly attached = new Set<Output>()
  private input = -1
  /** Streams that somebody writes: those that were opened and have not ended. */
  private live = 0
  private readonly quiet: Futex
  private readonly held: Held
  readonly log: LogFile
  constructor(sys: Sys, fifos: Fifos, logPath: string, held: Held = new Map()) {
    this.sys = sys
    this.held = held
    this.fifos = fifos
    this.quiet = sys.futex()
    this.log = new LogFile(sys, logPath, held)
    for (const stream of ['stdout', 'stderr'] as const) if (fifos[stream] !== '') sys.go(this.pass(stream, new Logger(this.log, stream)))
  }
  attach(): Output {
    const output = new Output(this.sys, this.fifos.stderr === '' ? 1 : 2)
    this.attached.add(output)
    return output
  }
  *write(bytes: Uint8Array): Run {
    if (this.fifos.stdin === '') return
    if (this.input < 0) this.input = yield* this.sys.open(this.fifos.stdin, { write: true, closeOnExec: true })
    yield* this.sys.write(this.input, bytes)
  }
  closeInput(): void {
    if (this.input >= 0) this.sys.close(this.input)
    this.input = -1
  }
  private *pass(stream: LogStream, logger: Logger): Run {
    const { attached } = this
    yield* drain(this.sys, this.fifos[stream], function* (bytes) {
      yield* logger.write(bytes)
      for (const output of attached) yield* output.push(stream, bytes)
    }, () => { this.live++ }, this.held)
    this.live--
    this.quiet.wake()
    yield* logger.end()
    for (const output of attached) output.end()
  }
  /** The container has ended: what is still on its way comes, then those who are attached are let go. */
  *close(): Run {
    while (this.live > 0) yield* this.quiet.wait()
    this.log.close()
    for (const output of this.attached) output.abandon()
    this.closeInput()
  }
}
