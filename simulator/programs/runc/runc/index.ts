/** runc 1.1 (runc(8)): containers from bundles. */
import { concat, decode, encode } from '../../../kernel/bytes'
import { signalNumber } from '../../../containerd/runc/signals'
import { containersIn, create, execIn, kill, pause, pids, remove, resume, RuncError, start, stateAndStatus } from '../../../containerd/runc/index'
import { readSpec } from '../../../containerd/runc/state'
import { defaultSpec } from '../../../containerd/runc/spec'
import type { OciProcess } from '../../../containerd/oci/types'
import { tabulate } from '../../go/tabwriter'
import { now } from '../../../containerd/time'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'

interface Parsed {
  readonly values: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

const WITH_VALUE = ['root', 'log', 'log-format', 'bundle', 'b', 'pid-file', 'console-socket', 'process', 'p', 'format', 'f', 'cwd', 'env', 'e', 'user', 'u']

/** Flags, then the rest; stops at the first word that is none. */
function flagsOf(args: readonly string[], command = ''): Parsed {
  const values = new Map<string, string>()
  let at = 0
  for (; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-') || word === '-') break
    if (word === '--') {
      at++
      break
    }
    const [name = '', inline] = word.replace(/^--?/, '').split('=', 2)
    if (inline !== undefined) values.set(name, inline)
    // `delete -f` forces; elsewhere -f names a format.
    else if (WITH_VALUE.includes(name) && !(command === 'delete' && name === 'f')) values.set(name, args[++at] ?? '')
    else values.set(name, 'true')
  }
  return { values, rest: args.slice(at) }
}

type Command = (io: Io, root: string, flags: Parsed) => Run<number | void>

const COMMANDS: Readonly<Record<string, Command>> = {
  *create(io, root, { values, rest }) {
    yield* create(io.sys, { root, ...bundleAndId(io, values, rest) })
  },
  *start(io, root, { rest }) {
    yield* start(io.sys, root, needId(rest))
  },
  *run(io, root, { values, rest }) {
    const pid = yield* create(io.sys, { root, ...bundleAndId(io, values, rest) })
    yield* start(io.sys, root, needId(rest))
    if (values.has('detach') || values.has('d')) return 0
    const ended = yield* io.sys.wait(pid)
    yield* remove(io.sys, root, needId(rest), 'force')
    return ended?.status.kind === 'exited' ? ended.status.code : ended?.status.kind === 'signaled' ? 128 + ended.status.signo : 0
  },
  *exec(io, root, { values, rest }) {
    const id = needId(rest)
    const file = values.get('process') ?? values.get('p')
    const { state } = yield* stateAndStatus(io.sys, root, id)
    let process: OciProcess
    if (file) process = JSON.parse(decode(yield* io.sys.readFile(file)))
    else {
      const spec = yield* readSpec(io.sys, state.config.labels.find((l) => l.startsWith('bundle='))?.slice('bundle='.length) ?? '')
      if (!spec.process) throw new RuncError('process property must not be empty')
      if (rest.length < 2) throw new RuncError('process args cannot be empty')
      const [uid = 0, gid = 0] = (values.get('user') ?? values.get('u') ?? '').split(':').map(Number)
      const user = values.has('user') || values.has('u') ? { uid, gid } : spec.process.user
      const env = [...(spec.process.env ?? []), ...[values.get('env') ?? values.get('e') ?? ''].filter((e) => e !== '')]
      process = { ...spec.process, terminal: false, args: rest.slice(1), user, env, cwd: values.get('cwd') ?? spec.process.cwd }
    }
    const pid = yield* execIn(io.sys, { root, id, process, pidFile: values.get('pid-file') ?? '' })
    if (values.has('detach') || values.has('d')) return 0
    const ended = yield* io.sys.wait(pid)
    return ended?.status.kind === 'exited' ? ended.status.code : ended?.status.kind === 'signaled' ? 128 + ended.status.signo : 0
  },
  *kill(io, root, { values, rest }) {
    const signal = signalNumber(rest[1] ?? 'SIGTERM')
    if (signal === undefined) throw new RuncError(`unknown signal "${rest[1] ?? ''}"`)
    yield* kill(io.sys, root, needId(rest), { signal, all: values.has('all') || values.has('a') })
  },
  *delete(io, root, { values, rest }) {
    yield* remove(io.sys, root, needId(rest), values.has('force') || values.has('f') ? 'force' : 'stopped')
  },
  *pause(io, root, { rest }) {
    yield* pause(io.sys, root, needId(rest))
  },
  *resume(io, root, { rest }) {
    yield* resume(io.sys, root, needId(rest))
  },
  *ps(io, root, { values, rest }) {
    const wanted = yield* pids(io.sys, root, needId(rest))
    const format = values.get('format') ?? values.get('f') ?? 'table'
    if (format === 'json') io.out(`${JSON.stringify(wanted)}\n`)
    else if (format === 'table') yield* showProcesses(io, wanted, rest.slice(1))
    else throw new RuncError(`invalid format option`)
  },
  *state(io, root, { rest }) {
    const { state, status } = yield* stateAndStatus(io.sys, root, needId(rest))
    const bundle = state.config.labels.find((l) => l.startsWith('bundle='))?.slice('bundle='.length) ?? ''
    const spec = yield* readSpec(io.sys, bundle)
    const shown = {
      ociVersion: spec.ociVersion, id: state.id, pid: status === 'stopped' ? 0 : state.init_process_pid, status, bundle, rootfs: state.config.rootfs, created: state.created,
      ...(spec.annotations ? { annotations: spec.annotations } : {}), owner: '',
    }
    io.out(JSON.stringify(shown, null, 2))
  },
  *list(io, root, { values }) {
    const format = values.get('format') ?? values.get('f') ?? 'table'
    const shown: { readonly ociVersion: string; readonly id: string; readonly pid: number; readonly status: string; readonly bundle: string; readonly rootfs: string; readonly created: string; readonly annotations?: Record<string, string>; readonly owner: string }[] = []
    for (const id of containersIn(io.sys, root)) {
      const { state, status } = yield* stateAndStatus(io.sys, root, id)
      const bundle = state.config.labels.find((l) => l.startsWith('bundle='))?.slice('bundle='.length) ?? ''
      const spec = yield* readSpec(io.sys, bundle)
      shown.push({
        ociVersion: spec.ociVersion, id, pid: status === 'stopped' ? 0 : state.init_process_pid, status, bundle, rootfs: state.config.rootfs, created: state.created,
        ...(spec.annotations ? { annotations: spec.annotations } : {}), owner: 'root',
      })
    }
    if (values.has('quiet') || values.has('q')) for (const { id } of shown) io.out(`${id}\n`)
    else if (format === 'json') io.out(shown.length === 0 ? 'null' : JSON.stringify(shown))
    else if (format === 'table') {
      const rows = [['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER'], ...shown.map((c) => [c.id, String(c.pid), c.status, c.bundle, c.created, c.owner])]
      io.out(tabulate(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 12, tabWidth: 1, padding: 3, padChar: ' ' }))
    } else throw new RuncError('invalid format option')
  },
  *spec(io) {
    yield* io.sys.writeFile('config.json', encode(JSON.stringify(defaultSpec(), null, '\t')), { mode: 0o666 })
  },
}

/** Commands that start processes have more of them than others. */
const MORE_THREADS: Readonly<Record<string, number>> = { create: 3, run: 3, exec: 3 }

/** The lines of the node's ps whose PID is one of the container's (ps.go). */
function* showProcesses(io: Io, wanted: readonly number[], options: readonly string[]): Run {
  const { sys } = io
  const output = sys.pipe()
  const child = sys.fork(function* (self) {
    self.dup2(output.write, 1)
    for (const fd of [output.read, output.write]) self.close(fd)
    return yield* self.exec('/usr/bin/ps', ['ps', ...(options.length > 0 ? options : ['-ef'])], self.env)
  })
  sys.close(output.write)
  const parts: Uint8Array[] = []
  for (;;) {
    const part = yield* sys.read(output.read, 65_536)
    if (part.length === 0) break
    parts.push(part)
  }
  sys.close(output.read)
  const ended = yield* sys.wait(child)
  if (ended?.status.kind !== 'exited' || ended.status.code !== 0) throw new RuncError(`exit status ${ended?.status.kind === 'exited' ? ended.status.code : 1}: `)
  const [head = '', ...lines] = decode(concat(parts)).split('\n')
  const column = head.trim().split(/\s+/).indexOf('PID')
  if (column < 0) throw new RuncError(`couldn't find PID field in ps output`)
  io.out(`${head}\n`)
  for (const line of lines) if (line !== '' && wanted.includes(Number(line.trim().split(/\s+/)[column]))) io.out(`${line}\n`)
}

const needId = (rest: readonly string[]): string => {
  const [id] = rest
  if (id === undefined) throw new RuncError('container id cannot be empty')
  return id
}

function bundleAndId(io: Io, values: ReadonlyMap<string, string>, rest: readonly string[]) {
  const bundle = values.get('bundle') ?? values.get('b') ?? io.sys.getcwd()
  const pinned = io.env('SET_TID')
  return { id: needId(rest), bundle, pidFile: values.get('pid-file') ?? '', ...(pinned === undefined ? {} : { pid: Number(pinned) }) }
}

export default program({
  threads: 5,
  summary: 'starts containers from bundles, as the OCI runtime specification says',
  paths: ['/usr/sbin/runc', '/usr/bin/runc'],
  size: 8_752_456,
  // What its init holds while it sets a container up, as the recorded refusal of a memory limit tells.
  memory: { vmPeak: 1_237_108, vmSize: 1_237_108, vmHWM: 10_604, vmRSS: 10_604, rssAnon: 2204, rssFile: 8400 },
  *run(io) {
    const { values, rest } = flagsOf(io.args)
    for (let i = 0; i < (MORE_THREADS[rest[0] ?? ''] ?? 0); i++) io.sys.createThread()
    if (values.has('version') || values.has('v')) {
      io.out('runc version 1.1.5+ds1\ncommit: 1.1.5+ds1-1+deb12u1\nspec: 1.0.2-dev\ngo: go1.19.8\nlibseccomp: 2.5.4\n')
      return 0
    }
    const [name = '', ...args] = rest
    const command = COMMANDS[name]
    if (!command) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    try {
      return (yield* command(io, values.get('root') ?? '/run/runc', flagsOf(args, name))) ?? 0
    } catch (error) {
      if (!(error instanceof RuncError)) throw error
      const words = name === 'create' || name === 'run' ? `runc ${name} failed: ${error.message}` : name === 'exec' && !error.message.startsWith('exec failed: ') ? `exec failed: ${error.message}` : error.message
      const time = now(io.sys).replace(/\.\d+Z$/, 'Z')
      const log = values.get('log')
      if (log) yield* io.sys.writeFile(log, encode(`${JSON.stringify({ level: 'error', msg: words, time })}\n`), { append: true, mode: 0o644 })
      io.err(`time="${time}" level=error msg=${JSON.stringify(words)}\n`)
      return name === 'exec' ? 255 : 1
    }
  },
})
