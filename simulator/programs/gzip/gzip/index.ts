/** gzip(1) 1.12, and gunzip and zcat, which on Debian are scripts that run it. */
import { concat } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import { readToEnd } from '../../../kernel/read-to-end'
import { inside, statOrNull } from '../../coreutils/copying'
import { strftime } from '../../coreutils/date/strftime'
import { openSource, reason } from '../../coreutils/files'
import { command, type Options } from '../../options'
import type { Io } from '../../program'
import { compress, decompress, GzipError, type Member } from '../format'
import { HELP, VERSION } from './help'

const NAME = 'gzip'

export default command({
  unwritten: ({ name, why }) => ({ said: `\n${name}: stdout: ${why}\n`, status: 1 }),
  summary: 'compress or expand files', help: HELP, version: VERSION, size: 98_136,
  paths: ['/usr/bin/gzip', '/usr/bin/gunzip', '/usr/bin/zcat', '/usr/bin/uncompress'],
  hidden: `${Array.from({ length: 9 }, (_, i) => `  -${i + 1}`).join('\n')}\n      --fast\n      --best\n  -a, --ascii\n  -h, --help\n  -Z, --lzw\n  -V, --version\n`,
  usage: { instead: "Try `gzip --help' for more information.\n" },
  *run(io, options) {
    if (options.has('Z')) {
      io.err(`${NAME}: -Z not supported in this version\nTry \`${NAME} --help' for more information.\n`)
      return 1
    }
    const job = new Job(io, options)
    for (const path of options.operands.length > 0 ? options.operands : ['-']) yield* job.operand(path)
    return job.end()
  },
})

type Work = 'compress' | 'expand' | 'test' | 'list'

/** How much smaller: of the plain size, without head and tail. */
const ratio = (plain: number, packed: number, overhead: number): string => `${(plain === 0 ? 0 : ((plain - (packed - overhead)) / plain) * 100).toFixed(1)}%`

class Job {
  private readonly io: Io
  private readonly options: Options
  private readonly work: Work
  private readonly toOutput: boolean
  private readonly suffix: string
  private status = 0
  private listed = { count: 0, packed: 0, plain: 0, overhead: 0 }
  constructor(io: Io, options: Options) {
    this.io = io
    this.options = options
    const expands = options.has('d') || io.name === 'gunzip' || io.name === 'zcat' || io.name === 'uncompress'
    this.work = options.has('l') ? 'list' : options.has('t') ? 'test' : expands ? 'expand' : 'compress'
    this.toOutput = options.has('c') || io.name === 'zcat'
    const suffix = options.value('S') ?? '.gz'
    this.suffix = suffix.startsWith('.') ? suffix : suffix
  }
  private say(message: string, status: 1 | 2): void {
    this.status = this.status === 1 ? 1 : status
    if (!(this.options.has('q') && status === 2)) this.io.err(`${NAME}: ${message}\n`)
  }
  private get level(): number {
    const last = this.options.given.findLast((g) => /^[1-9]$/.test(g.name) || g.name === 'fast' || g.name === 'best')?.name
    return last === undefined ? 6 : last === 'fast' ? 1 : last === 'best' ? 9 : Number(last)
  }
  *operand(path: string): Run {
    const { io } = this
    if (path === '-') return yield* this.standard()
    let stat = statOrNull(io.sys, path, 'lstat')
    let file = path
    if (!stat && this.work !== 'compress' && !path.endsWith(this.suffix)) {
      file = path + this.suffix
      stat = statOrNull(io.sys, file, 'lstat')
    }
    if (!stat) return this.say(`${file}: No such file or directory`, 1)
    if (stat.kind === 'link' && (this.toOutput || this.work === 'list' || this.work === 'test' || this.options.has('f'))) stat = statOrNull(io.sys, file) ?? stat
    if (stat.kind === 'dir') {
      if (!this.options.has('r')) return this.say(`${path} is a directory -- ignored`, 2)
      for (const entry of io.sys.readdir(path)) yield* this.operand(inside(path, entry.name))
      return
    }
    if (stat.kind === 'link') return this.say(`${path}: Too many levels of symbolic links`, 1)
    if (stat.kind !== 'file' && !this.toOutput) return this.say(`${path} is not a directory or a regular file - ignored`, 2)
    try {
      yield* this.file(file, stat)
    } catch (error) {
      if (error instanceof GzipError) this.bad(file, error)
      else this.say(`${file}: ${reason(error)}`, 1)
    }
  }
  private bad(name: string, error: GzipError): void {
    if (/trailing garbage/.test(error.message)) return this.say(`${name}: ${error.message}`, 2)
    this.io.err(`\n${NAME}: ${name}: ${error.message}\n`)
    this.status = 1
  }
  private *read(path: string): Run<Uint8Array> {
    const source = yield* openSource(this.io.sys, path)
    const all = yield* readToEnd(() => source.read())
    source.close()
    if (this.io.sys.spend(all.length >> 6)) yield 'preempted'
    return all
  }
  private *standard(): Run {
    const { io } = this
    if (this.work === 'compress' && io.sys.isatty(1) && !this.options.has('f')) {
      io.err(`${NAME}: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: ${NAME} -h\n`)
      this.status = 1
      return
    }
    try {
      const bytes = yield* this.read('-')
      if (this.work === 'compress') io.out(compress(bytes, this.level, null))
      else {
        const members = decompress(bytes)
        if (this.work === 'list') this.list(members, bytes.length, 'stdout')
        else if (this.work === 'expand') for (const m of members) io.out(m.bytes)
      }
    } catch (error) {
      if (!(error instanceof GzipError)) throw error
      this.bad('stdin', error)
    }
    yield* io.drain()
  }
  private *file(path: string, stat: Stat): Run {
    const { io, options } = this
    const base = path.slice(path.lastIndexOf('/') + 1)
    if (this.work === 'compress') {
      if (path.endsWith(this.suffix) && !this.toOutput && !options.has('f')) {
        if (!options.has('r')) this.io.err(`${this.io.name}: ${path} already has ${this.suffix} suffix -- unchanged\n`)
        return
      }
      const bytes = yield* this.read(path)
      const packed = compress(bytes, this.level, options.has('n') ? null : { name: base, mtime: stat.mtime.sec })
      const overhead = 18 + (options.has('n') ? 0 : base.length + 1)
      return yield* this.store(path, path + this.suffix, packed, stat, ratio(bytes.length, packed.length, overhead))
    }
    const end = [this.suffix, '.gz', '-gz', '.z', '-z', '_z', '.tgz', '.taz', '.Z'].find((s) => base.length > s.length && path.endsWith(s))
    if (this.work === 'expand' && !end && !this.toOutput) return this.say(`${path}: unknown suffix -- ignored`, 2)
    const bytes = yield* this.read(path)
    const members = decompress(bytes)
    if (this.work === 'test') {
      if (options.has('v')) io.err(`${path}:\t OK\n`)
      return
    }
    const plain = end === '.tgz' || end === '.taz' ? `${path.slice(0, -4)}.tar` : path.slice(0, path.length - (end ?? '').length)
    if (this.work === 'list') return this.list(members, bytes.length, plain)
    const size = members.reduce((sum, m) => sum + m.bytes.length, 0)
    const overhead = members.reduce((sum, m) => sum + m.overhead, 0)
    const [first] = members
    const target = options.has('N') && first?.name ? path.slice(0, path.length - base.length) + first.name : plain
    yield* this.store(path, target, concat(members.map((m) => m.bytes)), stat, ratio(size, bytes.length, overhead))
  }
  private *store(from: string, to: string, bytes: Uint8Array, stat: Stat, gain: string): Run {
    const { io, options } = this
    if (this.toOutput) {
      if (options.has('v')) io.err(`${from}:\t${gain.padStart(6)}\n`)
      io.out(bytes)
      yield* io.drain()
      return
    }
    if (statOrNull(io.sys, to, 'lstat') && !options.has('f')) return this.say(`${to} already exists;\tnot overwritten`, 2)
    yield* io.sys.writeFile(to, bytes, { mode: stat.mode })
    io.sys.chmod(to, stat.mode)
    io.sys.utimes(to, stat.atime, stat.mtime)
    if (!options.has('k')) io.sys.unlink(from)
    if (options.has('v')) io.err(`${from}:\t${gain.padStart(6)} -- ${options.has('k') ? 'created' : 'replaced with'} ${to}\n`)
  }
  private list(members: readonly Member[], packed: number, name: string): void {
    const { io, options } = this
    const plain = members.reduce((sum, m) => sum + m.bytes.length, 0)
    const overhead = members.reduce((sum, m) => sum + m.overhead, 0)
    const verbose = options.has('v')
    const last = members.at(-1)
    if (this.listed.count === 0 && !options.has('q')) io.out(`${verbose ? 'method  crc     date  time  ' : ''}         compressed        uncompressed  ratio uncompressed_name\n`)
    const row = (p: number, u: number, o: number): string => `${String(p).padStart(19)} ${String(u).padStart(19)} ${ratio(u, p, o).padStart(6)}`
    const stat = statOrNull(io.sys, `${name}${this.suffix}`)
    if (verbose) io.out(`defla ${(last?.crc ?? 0).toString(16).padStart(8, '0')} ${strftime('%b %e %H:%M', stat?.mtime ?? io.sys.now())} `)
    io.out(`${row(packed, plain, overhead)} ${name}\n`)
    this.listed = { count: this.listed.count + 1, packed: this.listed.packed + packed, plain: this.listed.plain + plain, overhead: this.listed.overhead + overhead }
    this.total = (): void => {
      if (this.listed.count > 1) io.out(`${verbose ? ' '.repeat(28) : ''}${row(this.listed.packed, this.listed.plain, this.listed.overhead)} (totals)\n`)
    }
  }
  private total: () => void = () => {}
  end(): number {
    this.total()
    return this.status
  }
}
