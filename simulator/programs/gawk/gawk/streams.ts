/** Files, commands and coprocesses that a program prints to or reads from (gawk.info, "Redirection", "Getline", "Close Files And Pipes"). */
import { concat, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys, WaitStatus } from '../../../kernel/sys'
import type { Machine } from './machine'
import { RecordReader, type TextRecord } from './records'

const BUFFER = 65536
const SIGINT = 2
const SIGQUIT = 3

export type OutputKind = '>' | '>>' | '|' | '|&'

interface Stream {
  readonly name: string
  readonly kind: OutputKind | '<' | 'command'
  readonly pid: number | null
  writer: { readonly fd: number; parts: Uint8Array[]; size: number } | null
  reader: RecordReader | null
}

const SPECIAL: ReadonlyMap<string, number> = new Map([['/dev/stdin', 0], ['/dev/stdout', 1], ['/dev/stderr', 2]])

/** The descriptor that a name such as `/dev/stderr` or `/dev/fd/3` means. */
const special = (name: string): number | undefined => SPECIAL.get(name) ?? (/^\/dev\/fd\/\d+$/.test(name) ? Number(name.slice(8)) : undefined)

export class Streams {
  private readonly machine: Machine
  /** Oldest first. */
  private open: Stream[] = []
  constructor(machine: Machine) {
    this.machine = machine
  }
  private get sys(): Sys {
    return this.machine.io.sys
  }

  // ── output ────────────────────────────────────────────────────────────────────────────────────────────
  *print(kind: OutputKind, name: string, text: string): Run {
    const { io } = this.machine
    if (name === '') this.machine.fatal(`expression for \`${kind}' redirection has null string value`)
    if (kind === '>' || kind === '>>') {
      const fd = name === '-' ? 1 : special(name)
      if (fd === 1) {
        io.out(text)
        return
      }
      if (fd === 2) {
        yield* io.flush()
        yield* this.sys.write(2, encode(text))
        return
      }
    }
    const stream = this.open.find((s) => s.name === name && s.writer !== null && (s.kind === kind || (kind !== '|' && kind !== '|&' && (s.kind === '>' || s.kind === '>>')))) ?? (yield* this.begin(kind, name))
    const { writer } = stream
    if (!writer) return
    const bytes = encode(text)
    writer.parts.push(bytes)
    writer.size += bytes.length
    if (writer.size >= BUFFER || kind === '|&') yield* this.flush(stream)
  }
  private *begin(kind: OutputKind, name: string): Run<Stream> {
    if (kind === '|') return yield* this.pipeTo(name)
    if (kind === '|&') return yield* this.coprocess(name)
    try {
      const fd = special(name) ?? (yield* this.sys.open(name, { write: true, create: true, truncate: kind === '>', append: kind === '>>', closeOnExec: true }, 0o666))
      return this.add({ name, kind, pid: null, writer: { fd, parts: [], size: 0 }, reader: null })
    } catch (error) {
      if (!isErrno(error)) throw error
      return this.machine.fatal(`cannot redirect to \`${name}': ${error.message}`)
    }
  }
  private add(stream: Stream): Stream {
    this.open.push(stream)
    return stream
  }
  private *pipeTo(command: string): Run<Stream> {
    yield* this.flushAll()
    const { read, write } = this.sys.pipe()
    this.sys.setCloseOnExec(write, true)
    const pid = this.spawn(command, (child) => {
      child.dup2(read, 0)
      if (read !== 0) child.close(read)
    })
    this.sys.close(read)
    return this.add({ name: command, kind: '|', pid, writer: { fd: write, parts: [], size: 0 }, reader: null })
  }
  private *coprocess(command: string): Run<Stream> {
    yield* this.flushAll()
    const to = this.sys.pipe()
    const from = this.sys.pipe()
    this.sys.setCloseOnExec(to.write, true)
    this.sys.setCloseOnExec(from.read, true)
    const pid = this.spawn(command, (child) => {
      child.dup2(to.read, 0)
      child.dup2(from.write, 1)
      child.close(to.read)
      child.close(from.write)
    })
    this.sys.close(to.read)
    this.sys.close(from.write)
    return this.add({ name: command, kind: '|&', pid, writer: { fd: to.write, parts: [], size: 0 }, reader: new RecordReader(this.sys, from.read) })
  }
  private spawn(command: string, prepare: (child: Sys) => void): number {
    return this.sys.fork(function* (child) {
      prepare(child)
      return yield* child.exec('/bin/sh', ['sh', '-c', command], child.env)
    })
  }
  private *flush(stream: Stream): Run {
    const { writer } = stream
    if (!writer || writer.size === 0) return
    const bytes = concat(writer.parts)
    writer.parts = []
    writer.size = 0
    yield* this.sys.write(writer.fd, bytes)
  }
  *flushAll(): Run {
    yield* this.machine.io.flush()
    for (const stream of this.open) yield* this.flush(stream)
  }
  /** fflush(name): 0, or -1 where nothing of that name is open for output. */
  *flushNamed(name: string): Run<number> {
    const found = this.open.filter((s) => s.name === name && s.writer)
    for (const stream of found) yield* this.flush(stream)
    if (special(name) === 1) yield* this.machine.io.flush()
    if (found.length === 0 && special(name) === undefined) this.machine.warn(`fflush: \`${name}' is not an open file, pipe or co-process`)
    return found.length > 0 || special(name) !== undefined ? 0 : -1
  }

  // ── input ─────────────────────────────────────────────────────────────────────────────────────────────
  /** A record of a file, a command or a coprocess; null at the end, undefined when it cannot be opened. */
  *read(from: 'file' | 'command' | 'coprocess', name: string): Run<TextRecord | null | undefined> {
    const kind = from === 'file' ? '<' : from === 'command' ? 'command' : '|&'
    let stream = this.open.find((s) => s.name === name && s.reader !== null && s.kind === kind)
    if (!stream) {
      try {
        stream = from === 'file' ? yield* this.openFile(name) : from === 'command' ? yield* this.pipeFrom(name) : yield* this.coprocess(name)
      } catch (error) {
        this.machine.failed(error)
        return undefined
      }
    }
    try {
      return yield* (stream.reader as RecordReader).next(this.machine.separator)
    } catch (error) {
      this.machine.failed(error)
      return undefined
    }
  }
  private *openFile(name: string): Run<Stream> {
    const fd = name === '-' ? 0 : (special(name) ?? (yield* this.sys.open(name, { read: true, closeOnExec: true })))
    return this.add({ name, kind: '<', pid: null, writer: null, reader: new RecordReader(this.sys, fd) })
  }
  private *pipeFrom(command: string): Run<Stream> {
    yield* this.flushAll()
    const { read, write } = this.sys.pipe()
    this.sys.setCloseOnExec(read, true)
    const pid = this.spawn(command, (child) => {
      child.dup2(write, 1)
      if (write !== 1) child.close(write)
    })
    this.sys.close(write)
    return this.add({ name: command, kind: 'command', pid, writer: null, reader: new RecordReader(this.sys, read) })
  }

  // ── the end ───────────────────────────────────────────────────────────────────────────────────────────
  /** close(name, how): the status of what ended; -1 where nothing of that name is open. */
  *close(name: string, how: 'to' | 'from' | 'both'): Run<number> {
    const found = this.open.findLast((s) => s.name === name)
    if (!found) return -1
    if (how === 'to' && found.reader) {
      yield* this.flush(found)
      if (found.writer) this.sys.close(found.writer.fd)
      found.writer = null
      return 0
    }
    this.open = this.open.filter((s) => s !== found)
    return yield* this.end(found)
  }
  private *end(stream: Stream): Run<number> {
    if (stream.writer) {
      yield* this.flush(stream)
      if (stream.writer.fd > 2) this.sys.close(stream.writer.fd)
    }
    if (stream.reader && stream.reader.fd > 2) this.sys.close(stream.reader.fd)
    if (stream.pid === null) return 0
    const ended = yield* this.sys.wait(stream.pid)
    return ended ? statusOf(ended.status) : 0
  }
  /** At the end of the program: newest first, as gawk closes them. */
  *closeAll(): Run {
    while (this.open.length > 0) {
      const last = this.open.pop()
      if (last) yield* this.end(last)
    }
  }
  /** system(command). */
  *system(command: string): Run<number> {
    yield* this.flushAll()
    const pid = this.spawn(command, () => {})
    const before = [SIGINT, SIGQUIT].map((signo) => [signo, this.sys.signal(signo, 'ignore')] as const)
    const ended = yield* this.sys.wait(pid)
    for (const [signo, disposition] of before) this.sys.signal(signo, disposition)
    return ended ? statusOf(ended.status) : 0
  }
}

/** How gawk tells a status: the exit code, or 256 and the signal (512 with a core). */
function statusOf(status: WaitStatus): number {
  if (status.kind === 'exited') return status.code
  if (status.kind === 'signaled') return (status.core ? 512 : 256) + status.signo
  return 0
}
