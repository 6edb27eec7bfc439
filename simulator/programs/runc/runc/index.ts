/** runc 1.1 (runc(8)): containers from bundles. */
import { decode, encode } from '../../../kernel/bytes'
import { signalNumber } from '../../../containerd/runc/signals'
import { containersIn, create, execIn, kill, pause, pids, remove, resume, RuncError, start, stateAndStatus } from '../../../containerd/runc/index'
import { readSpec } from '../../../containerd/runc/state'
import { defaultSpec } from '../../../containerd/runc/spec'
import type { OciProcess } from '../../../containerd/oci/types'
import { now } from '../../../containerd/time'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'

interface Parsed {
  readonly values: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

const WITH_VALUE = ['root', 'log', 'log-format', 'bundle', 'b', 'pid-file', 'console-socket', 'process', 'p', 'format', 'f', 'cwd', 'env', 'e', 'user', 'u']

/** Flags, then the rest; stops at the first word that is none. */
function flagsOf(args: readonly string[]): Parsed {
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
    else if (WITH_VALUE.includes(name)) values.set(name, args[++at] ?? '')
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
      process = { ...spec.process, terminal: false, args: rest.slice(1) }
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
  *ps(io, root, { rest }) {
    const wanted = yield* pids(io.sys, root, needId(rest))
    io.out(`${JSON.stringify(wanted)}\n`)
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
    const rows: string[][] = []
    for (const id of containersIn(io.sys, root)) {
      const { state, status } = yield* stateAndStatus(io.sys, root, id)
      const bundle = state.config.labels.find((l) => l.startsWith('bundle='))?.slice('bundle='.length) ?? ''
      rows.push([id, String(status === 'stopped' ? 0 : state.init_process_pid), status, bundle, state.created, 'root'])
    }
    if (values.has('quiet') || values.has('q')) {
      for (const [id = ''] of rows) io.out(`${id}\n`)
      return
    }
    const table = [['ID', 'PID', 'STATUS', 'BUNDLE', 'CREATED', 'OWNER'], ...rows]
    const widths = [0, 1, 2, 3, 4].map((i) => Math.max(12, ...table.map((r) => (r[i] ?? '').length + (i === 0 || i === 3 || i === 4 ? 3 : 0))))
    for (const row of table) io.out(`${row.map((cell, i) => (i < 5 ? cell.padEnd(widths[i] ?? 0) : cell)).join('')}\n`)
  },
  *spec(io) {
    yield* io.sys.writeFile('config.json', encode(JSON.stringify(defaultSpec(), null, '\t')), { mode: 0o666 })
  },
}

/** Commands that start processes have more of them than others. */
const MORE_THREADS: Readonly<Record<string, number>> = { create: 3, run: 3, exec: 3 }

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
      return (yield* command(io, values.get('root') ?? '/run/runc', flagsOf(args))) ?? 0
    } catch (error) {
      if (!(error instanceof RuncError)) throw error
      const words = name === 'create' || name === 'run' ? `runc ${name} failed: ${error.message}` : error.message
      const time = now(io.sys).replace(/\.\d+Z$/, 'Z')
      const log = values.get('log')
      if (log) yield* io.sys.writeFile(log, encode(`${JSON.stringify({ level: 'error', msg: words, time })}\n`), { append: true, mode: 0o644 })
      io.err(`time="${time}" level=error msg=${JSON.stringify(words)}\n`)
      return 1
    }
  },
})
