/** tar(1) 1.34: create, list, extract, append, update. Source: tar.info. */
import { concat, decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import { accounts, type Accounts } from '../../coreutils/accounts'
import { inside, statOrNull } from '../../coreutils/copying'
import { strftime } from '../../coreutils/date/strftime'
import { majorOf, minorOf } from '../../coreutils/devices'
import { openSource, reason } from '../../coreutils/files'
import { changedMode, modeString } from '../../coreutils/modes'
import { compress, decompress, GzipError } from '../../gzip/format'
import { fnmatch } from '../../libc/fnmatch'
import { command, type Options } from '../../options'
import { Exit, type Io } from '../../program'
import { ArchiveError, closeArchive, type Kind, type Member, memberBytes, readArchive } from './archive'
import { HELP, VERSION } from './help'
import { type Transform, transformOf } from './transform'

const OPERATIONS = ['c', 't', 'x', 'r', 'u', 'A', 'd', 'delete', 'test-label'] as const
const NOT_SIMULATED = ['A', 'd', 'test-label', 'j', 'J', 'Z', 'g', 'M', 'I', 'lzip', 'lzma', 'lzop', 'zstd', 'w', 'owner-map', 'group-map', 'mtime']
/** Letters of the old form that take an argument, in the order in which they ask for it. */
const WITH_ARGUMENT = 'bfgCHIKLNTVXF'

export default command({
  summary: 'an archiving utility', help: HELP, version: VERSION, failure: 64, paths: ['/usr/bin/tar'], size: 531_984,
  usage: { instead: "Try 'tar --help' or 'tar --usage' for more information.\n" },
  hidden: '  -c, --create\n  -t, --list\n  -x, --extract, --get\n  -r, --append\n  -u, --update\n  -A, --catenate, --concatenate\n  -d, --diff, --compare\n  -f, --file=ARCHIVE\n  -C, --directory=DIR\n  -v, --verbose\n  -z, --gzip, --gunzip, --ungzip\n  -a, --auto-compress\n  -O, --to-stdout\n  -p, --preserve-permissions, --same-permissions\n  -k, --keep-old-files\n  -h, --dereference\n  -T, --files-from=FILE\n  -X, --exclude-from=FILE\n      --exclude=PATTERN\n      --strip-components=NUMBER\n  -P, --absolute-names\n  -m, --touch\n      --no-same-owner\n      --no-recursion\n      --numeric-owner\n      --old-option-without-argument=LETTER\n',
  rewrite: oldForm,
  *run(io, options) {
    const asked = OPERATIONS.filter((o) => options.has(o))
    const [operation, second] = asked
    const usage = (message: string): number => {
      io.err(`${io.name}: ${message}\nTry 'tar --help' or 'tar --usage' for more information.\n`)
      return 2
    }
    const lacking = options.value('old-option-without-argument')
    if (lacking !== undefined) return usage(`Old option '${lacking}' requires an argument.`)
    if (operation === undefined) return usage("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options")
    if (second !== undefined) return usage("You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option")
    if (options.has(...NOT_SIMULATED)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const transform = transformOf(options.values('transform'))
    if (!transform) return usage('Invalid transform expression')
    const update = operation === 'r' || operation === 'u' || operation === 'delete'
    if (update && options.has('z')) return usage('Cannot update compressed archives')
    const job = new Job(io, options, yield* accounts(io.sys), transform)
    if (operation === 'c' && options.operands.length === 0 && !options.has('T')) return usage('Cowardly refusing to create an empty archive')
    return yield* job.run(operation)
  },
})

/** `tar cvf A x` is `tar -c -v -f A x`. */
function oldForm(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args
  if (first === '' || first.startsWith('-')) return args
  const out: string[] = []
  let used = 0
  for (const letter of first) {
    if (!WITH_ARGUMENT.includes(letter)) out.push(`-${letter}`)
    else if (used < rest.length) out.push(`-${letter}`, rest[used++] ?? '')
    else out.push(`--old-option-without-argument=${letter}`)
  }
  return [...out, ...rest.slice(used)]
}

const KIND_OF: { readonly [K in Stat['kind']]: Kind | null } = { file: 'file', dir: 'dir', link: 'link', chr: 'chr', blk: 'blk', fifo: 'fifo', sock: null }

class Job {
  private readonly io: Io
  private readonly options: Options
  private readonly names: Accounts
  private readonly archive: string
  private readonly excluded: string[]
  private readonly said = new Set<string>()
  private readonly linked = new Map<string, string>()
  private failed = false
  private width = 19
  private own: Stat | null = null
  private readonly transform: Transform
  constructor(io: Io, options: Options, names: Accounts, transform: Transform) {
    this.transform = transform
    this.io = io
    this.options = options
    this.names = names
    this.archive = options.value('f') ?? '-'
    this.excluded = options.values('exclude')
  }
  private say(message: string): void {
    this.io.err(`${this.io.name}: ${message}\n`)
  }
  private fail(message: string): void {
    this.say(message)
    this.failed = true
  }
  private fatal(message: string): never {
    this.say(message)
    this.say('Error is not recoverable: exiting now')
    throw new Exit(2)
  }
  private end(): number {
    if (!this.failed) return 0
    this.say('Exiting with failure status due to previous errors')
    return 2
  }
  *run(operation: 'c' | 't' | 'x' | 'r' | 'u' | 'A' | 'd' | 'delete' | 'test-label'): Run<number> {
    for (const file of this.options.values('X')) this.excluded.push(...decode(yield* this.read(file)).split('\n').filter((l) => l !== ''))
    this.io.unwritten = ({ name, why }) => ({
      said: operation === 'c' ? `${name}: -: Cannot write: ${why}\n${name}: Error is not recoverable: exiting now\n` : `${name}: stdout: write error\n`, status: 2,
    })
    if (operation === 'c') return yield* this.create([], 0)
    const { members, bytes, end, packed } = yield* this.load()
    if (packed && (operation === 'r' || operation === 'u' || operation === 'delete')) return this.fatal('Cannot update compressed archives')
    if (operation === 'delete') return yield* this.without(members)
    if (operation === 'r' || operation === 'u') return yield* this.create([bytes.subarray(0, end)], end, operation === 'u' ? members : [])
    return yield* this.each(members, operation === 't' ? 'list' : 'extract')
  }
  private *read(path: string): Run<Uint8Array> {
    try {
      const source = yield* openSource(this.io.sys, path)
      const parts: Uint8Array[] = []
      for (;;) {
        const part = yield* source.read()
        if (part.length === 0) break
        parts.push(part)
      }
      source.close()
      return parts.length === 0 ? new Uint8Array(0) : concat(parts)
    } catch (error) {
      return this.fatal(`${path}: Cannot open: ${reason(error)}`)
    }
  }
  private *load(): Run<{ members: readonly Member[]; bytes: Uint8Array; end: number; packed: boolean }> {
    let bytes = yield* this.read(this.archive)
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
    if (this.io.sys.spend(bytes.length >> 7)) yield 'preempted'
    if (packed || this.options.has('z')) {
      try {
        bytes = concat(decompress(bytes).map((m) => m.bytes))
      } catch (error) {
        if (!(error instanceof GzipError)) throw error
        this.io.err(`\ngzip: stdin: ${error.message}\n`)
        this.say('Child returned status 1')
        return this.fatalEnd()
      }
    }
    try {
      return { ...readArchive(bytes), bytes, packed }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error
      this.say(error.message)
      this.say('Exiting with failure status due to previous errors')
      throw new Exit(2)
    }
  }
  private fatalEnd(): never {
    this.say('Error is not recoverable: exiting now')
    throw new Exit(2)
  }

  // ── create ────────────────────────────────────────────────────────────────────────────────────────────
  private *create(before: Uint8Array[], size: number, newer: readonly Member[] = []): Run<number> {
    const { io, options } = this
    const parts = [...before]
    let total = size
    const output = this.archive === '-' ? null : yield* this.openOutput()
    this.own = output === null ? null : io.sys.fstat(output)
    const times = new Map(newer.map((m) => [m.name, m.mtime]))
    const add = (m: Member): void => {
      if ((times.get(m.name) ?? -1) >= m.mtime) return
      const stored = this.renamed(m)
      const bytes = memberBytes(stored)
      parts.push(bytes)
      total += bytes.length
      if (options.has('v')) this.show(this.named(m), this.archive === '-' ? 'err' : 'out')
    }
    const home = io.sys.getcwd()
    for (const { directory, path } of yield* this.sources()) {
      if (directory !== null) this.enter(home, directory)
      yield* this.pack(path.replace(/(?<=.)\/+$/, ''), add)
    }
    io.sys.chdir(home)
    parts.push(closeArchive(total))
    let bytes = concat(parts)
    if (this.options.has('z') || (this.options.has('a') && /\.(?:tar\.gz|tgz|taz)$/.test(this.archive))) bytes = compress(bytes, 6, null)
    if (output === null) io.out(bytes)
    else {
      yield* io.sys.write(output, bytes)
      io.sys.close(output)
    }
    return this.end()
  }
  /** --delete: the archive without the members that are named. */
  private *without(members: readonly Member[]): Run<number> {
    const wanted = this.options.operands.map((operand) => operand.replace(/(?<=.)\/+$/, ''))
    const found = new Set<string>()
    const kept = members.filter((m) => {
      const match = this.wantedBy(wanted, m)
      if (match !== undefined) found.add(match)
      return match === undefined
    })
    const parts = kept.map(memberBytes)
    parts.push(closeArchive(parts.reduce((sum, bytes) => sum + bytes.length, 0)))
    const output = yield* this.openOutput()
    yield* this.io.sys.write(output, concat(parts))
    this.io.sys.close(output)
    for (const name of wanted) if (!found.has(name)) this.fail(`${name}: Not found in archive`)
    return this.end()
  }
  /** The operand that asks for a member: its name, a directory above it, or with --wildcards a pattern. */
  private wantedBy(wanted: readonly string[], m: Member): string | undefined {
    const bare = m.name.replace(/(?<=.)\/+$/, '')
    const patterns = this.options.last('wildcards', 'no-wildcards') === 'wildcards'
    const above = bare.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'))
    return wanted.find((w) => above.includes(w) || (patterns && above.some((path) => fnmatch(w, path))))
  }
  /** The member under the name that --transform gives it. */
  private renamed(m: Member): Member {
    const slash = m.kind === 'dir' && m.name.endsWith('/') ? '/' : ''
    const name = this.transform(slash ? m.name.slice(0, -1) : m.name, 'member') + slash
    return { ...m, name, target: m.kind === 'link' ? this.transform(m.target, 'symlink') : m.kind === 'hard' ? this.transform(m.target, 'hardlink') : m.target }
  }
  /** As it is listed. */
  private named(m: Member): Member {
    return this.options.has('show-transformed-names', 'show-stored-names') ? this.renamed(m) : m
  }
  /** --owner, --group: `NAME`, `ID` or `NAME:ID`. */
  private given(option: 'owner' | 'group', id: number, name: string): { id: number; name: string } {
    const text = this.options.value(option)
    if (text === undefined) return { id, name }
    const known = option === 'owner' ? this.names.users : this.names.groups
    const nameOf = (of: number): string => known.find((row) => row.id === of)?.name ?? ''
    const [own = '', number] = text.split(':')
    if (number !== undefined && /^\d+$/.test(number)) return { id: Number(number), name: own || nameOf(Number(number)) }
    if (/^\d+$/.test(own)) return { id: Number(own), name: nameOf(Number(own)) }
    return { id: known.find((row) => row.name === own)?.id ?? id, name: own }
  }
  private *openOutput(): Run<number> {
    try {
      return yield* this.io.sys.open(this.archive, { write: true, create: true, truncate: true }, 0o666)
    } catch (error) {
      return this.fatal(`${this.archive}: Cannot open: ${reason(error)}`)
    }
  }
  private enter(home: string, directory: string): void {
    try {
      this.io.sys.chdir(directory.startsWith('/') ? directory : inside(home, directory))
    } catch (error) {
      this.fatal(`${directory}: Cannot open: ${reason(error)}`)
    }
  }
  /** Operands with the -C that stands before them. */
  private *sources(): Run<{ directory: string | null; path: string }[]> {
    const out: { directory: string | null; path: string }[] = []
    const directory = this.options.value('C') ?? null
    for (const path of this.options.operands) out.push({ directory, path })
    for (const file of this.options.values('T')) for (const path of decode(yield* this.read(file)).split('\n')) if (path !== '') out.push({ directory, path })
    return out
  }
  /** A leading slash is left out of names, which is said once. */
  private memberName(path: string, what: 'member names' | 'hard link targets'): string {
    if (this.options.has('P')) return path
    const lead = /^(?:\/+|(?:.*\/)?\.\.\/+)/.exec(path)?.[0]
    if (lead === undefined) return path
    const message = `Removing leading \`${lead}' from ${what}`
    if (!this.said.has(message)) this.say(message)
    this.said.add(message)
    return path.slice(lead.length) || './'
  }
  private *pack(path: string, add: (m: Member) => void): Run {
    const { io, options } = this
    if (this.excluded.some((p) => fnmatch(p, path) || path.split('/').some((_, i, all) => fnmatch(p, all.slice(i).join('/'))))) return
    let stat: Stat
    try {
      stat = options.has('h') ? io.sys.stat(path) : io.sys.lstat(path)
    } catch (error) {
      return this.fail(`${path}: Cannot stat: ${reason(error)}`)
    }
    const kind = KIND_OF[stat.kind]
    if (kind === null) return this.say(`${path}: socket ignored`)
    if (this.own && stat.dev === this.own.dev && stat.ino === this.own.ino) return this.say(`${path}: file is the archive; not dumped`)
    const name = this.memberName(path, 'member names')
    const owner = this.given('owner', stat.uid, this.names.user(stat.uid) ?? '')
    const group = this.given('group', stat.gid, this.names.group(stat.gid) ?? '')
    const modeText = options.value('mode')
    const mode = modeText === undefined ? stat.mode : changedMode(modeText, stat.mode, kind === 'dir' ? 'dir' : 'other', io.sys.umask())
    if (mode === null) return this.fatal('Invalid mode given on option')
    const common = {
      mode, uid: owner.id, gid: group.id, mtime: stat.mtime.sec, user: options.has('numeric-owner') ? '' : owner.name, group: options.has('numeric-owner') ? '' : group.name,
      target: kind === 'link' ? io.sys.readlink(path) : '', major: majorOf(stat.rdev), minor: minorOf(stat.rdev), bytes: new Uint8Array(0),
    }
    if (kind === 'dir') {
      add({ ...common, kind, name: `${name}/` })
      if (options.has('no-recursion')) return
      for (const entry of io.sys.readdir(path)) yield* this.pack(inside(path, entry.name), add)
      return
    }
    const key = `${stat.dev}:${stat.ino}`
    const first = stat.nlink > 1 ? this.linked.get(key) : undefined
    if (first !== undefined) return add({ ...common, kind: 'hard', name, target: first })
    if (stat.nlink > 1) this.linked.set(key, name)
    try {
      add({ ...common, kind, name, bytes: kind === 'file' ? yield* io.sys.readFile(path) : new Uint8Array(0) })
    } catch (error) {
      this.fail(`${path}: Cannot open: ${reason(error)}`)
    }
    if (io.sys.spend(20 + (stat.size >> 7))) yield 'preempted'
    yield* io.drain()
  }

  // ── list, extract ─────────────────────────────────────────────────────────────────────────────────────
  /** A member's line: its name, or with -tv and -vv as ls has it. */
  private show(m: Member, to: 'out' | 'err', long: 'long' | 'name' = this.verbosity > 1 ? 'long' : 'name'): void {
    const name = m.name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
    let line = name
    if (long === 'long') {
      const numeric = this.options.has('numeric-owner')
      const owner = `${!numeric && m.user !== '' ? m.user : m.uid}/${!numeric && m.group !== '' ? m.group : m.gid}`
      const size = m.kind === 'chr' || m.kind === 'blk' ? `${m.major},${m.minor}` : String(m.bytes.length)
      this.width = Math.max(this.width, owner.length + size.length + 1)
      const mode = m.kind === 'hard' ? `h${modeString('file', m.mode).slice(1)}` : modeString(m.kind, m.mode)
      const link = m.kind === 'link' ? ` -> ${m.target}` : m.kind === 'hard' ? ` link to ${m.target}` : ''
      line = `${mode} ${owner} ${size.padStart(this.width - owner.length - 1)} ${strftime(this.options.has('full-time') ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d %H:%M', { sec: m.mtime, nsec: 0 })} ${name}${link}`
    }
    if (to === 'out') this.io.out(`${line}\n`)
    else this.io.err(`${line}\n`)
  }
  private get verbosity(): number {
    return this.options.given.filter((g) => g.name === 'verbose').length
  }
  private *each(members: readonly Member[], how: 'list' | 'extract'): Run<number> {
    const { io, options } = this
    const wanted = options.operands.map((o) => o.replace(/(?<=.)\/+$/, ''))
    const found = new Set<string>()
    const directory = options.value('C')
    if (directory !== undefined) this.enter(io.sys.getcwd(), directory)
    const strip = Number(options.value('strip-components') ?? 0)
    const later: (() => void)[] = []
    for (const m of members) {
      const bare = m.name.replace(/(?<=.)\/+$/, '')
      const match = this.wantedBy(wanted, m)
      if (wanted.length > 0 && match === undefined) continue
      if (match !== undefined) found.add(match)
      if (this.excluded.some((p) => fnmatch(p, bare) || bare.split('/').some((_, i, all) => fnmatch(p, all.slice(i).join('/'))))) continue
      if (how === 'list') this.show(this.named(m), 'out', this.verbosity > 0 ? 'long' : 'name')
      else {
        const stored = this.renamed(m)
        const name = stored.name.split('/').filter((p) => p !== '').slice(strip).join('/')
        if (strip > 0 && name === '') continue
        if (options.has('v')) this.show(this.named(m), options.has('O') ? 'err' : 'out')
        yield* this.unpack(stored, strip > 0 ? name : this.memberName(stored.name, 'member names'), later)
      }
      if (io.sys.spend(10 + (m.bytes.length >> 7))) yield 'preempted'
      yield* io.drain()
    }
    for (const finish of later.reverse()) finish()
    const missing = wanted.filter((w) => !found.has(w))
    if (!options.has('wildcards', 'no-wildcards') && missing.some((w) => /[*?[]/.test(w))) {
      this.say('Pattern matching characters used in file names')
      this.say('Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning')
    }
    for (const w of missing) this.fail(`${w}: Not found in archive`)
    return this.end()
  }
  private parents(path: string): void {
    const { sys } = this.io
    const parts = path.split('/').slice(0, -1)
    for (let i = 1; i <= parts.length; i++) {
      const directory = parts.slice(0, i).join('/')
      if (directory !== '' && !statOrNull(sys, directory)) sys.mkdir(directory, 0o755)
    }
  }
  private *unpack(m: Member, name: string, later: (() => void)[]): Run {
    const { io, options } = this
    const { sys } = io
    if (options.has('O')) {
      if (m.kind === 'file') io.out(m.bytes)
      return
    }
    const path = name.replace(/(?<=.)\/+$/, '')
    const root = sys.credentials.euid === 0
    const mode = root || options.has('p') ? m.mode : m.mode & ~sys.umask()
    try {
      this.parents(path)
      const there = statOrNull(sys, path, 'lstat')
      if (there && options.has('k') && m.kind !== 'dir') return this.fail(`${path}: Cannot open: File exists`)
      if (m.kind === 'dir') {
        if (there?.kind !== 'dir') sys.mkdir(path, mode | 0o700)
      } else {
        if (there) sys.unlink(path)
        if (m.kind === 'file') yield* sys.writeFile(path, m.bytes, { mode })
        else if (m.kind === 'link') sys.symlink(m.target, path)
        else if (m.kind === 'hard') return sys.link(m.target, path)
        else sys.mknod(path, m.kind, mode)
      }
      const finish = (): void => {
        if (root && !options.has('no-same-owner')) sys.chown(path, this.idOf('user', m), this.idOf('group', m), { noFollow: true })
        if (m.kind !== 'link') sys.chmod(path, mode)
        const time = { sec: m.mtime, nsec: 0 }
        if (!options.has('m')) sys.utimes(path, sys.now(), time, { noFollow: true })
      }
      // A directory gets its mode and time when all in it is there.
      if (m.kind === 'dir') later.push(finish)
      else finish()
    } catch (error) {
      if (!isErrno(error)) throw error
      this.fail(`${path}: Cannot ${m.kind === 'dir' ? 'mkdir' : m.kind === 'link' ? `create symlink to '${m.target}'` : m.kind === 'hard' ? `hard link to '${m.target}'` : 'open'}: ${error.message}`)
    }
  }
  private idOf(kind: 'user' | 'group', m: Member): number {
    const name = kind === 'user' ? m.user : m.group
    const row = (kind === 'user' ? this.names.users : this.names.groups).find((r) => r.name === name)
    return row?.id ?? (kind === 'user' ? m.uid : m.gid)
  }
}

