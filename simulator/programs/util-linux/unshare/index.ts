/** unshare(1) of util-linux 2.38.1. Maps of ranges of ids are not simulated. */
import { encode } from '../../../kernel/bytes'
import { Errno } from '../../../kernel/errno'
import type { NamespaceType } from '../../../kernel/namespaces/types'
import type { Run } from '../../../kernel/run'
import { SIG, signalNumber } from '../../../kernel/signals'
import { command } from '../command'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { inChild, launch } from '../launch'
import { HELP } from './help'

/** Only the long form takes a file. */
const KINDS: readonly (readonly [option: string, NamespaceType, letter: string])[] = [
  ['mount', 'mnt', 'm'], ['uts', 'uts', 'u'], ['ipc', 'ipc', 'i'], ['net', 'net', 'n'], ['pid', 'pid', 'p'], ['cgroup', 'cgroup', 'C'], ['user', 'user', 'U'], ['time', 'time', 'T'],
]
const NOT_SIMULATED = ['map-auto', 'map-users', 'map-groups', 'keep-caps']
const PROPAGATION: Readonly<Record<string, string>> = { slave: 'rslave', private: 'rprivate', shared: 'rshared', unchanged: '' }

function attempt<T>(io: Io, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    io.err(`${io.name}: ${what}: ${error.message}\n`)
    return io.exit(1)
  }
}

/** Which id of the new user namespace is the caller's own: `--map-root-user`, `--map-current-user`, `--map-user=ID`. */
function mappedAs(options: Options, kind: 'user' | 'group', own: number): number | undefined {
  const given = options.value(`map-${kind}`)
  if (given !== undefined) return Number(given)
  return options.has('map-root-user', 'r') ? 0 : options.has('map-current-user', 'c') ? own : undefined
}

function* writeFile(io: Io, path: string, text: string): Run {
  try {
    yield* io.sys.writeFile(path, encode(text))
  } catch (error) {
    if (!(error instanceof Errno)) throw error
    io.err(`${io.name}: write failed ${path}: ${error.message}\n`)
    io.exit(1)
  }
}

/** Maps of ids and offsets of clocks, written before the command starts. `own` are the ids from before. */
function* settle(io: Io, options: Options, own: { readonly uid: number; readonly gid: number }): Run {
  const uid = mappedAs(options, 'user', own.uid)
  const gid = mappedAs(options, 'group', own.gid)
  const setgroups = options.value('setgroups')
  if (setgroups !== undefined || gid !== undefined) yield* writeFile(io, '/proc/self/setgroups', setgroups ?? 'deny')
  if (uid !== undefined) yield* writeFile(io, '/proc/self/uid_map', `${uid} ${own.uid} 1`)
  if (gid !== undefined) yield* writeFile(io, '/proc/self/gid_map', `${gid} ${own.gid} 1`)
  for (const clock of ['monotonic', 'boottime']) {
    const offset = options.value(clock)
    if (offset !== undefined) yield* writeFile(io, '/proc/self/timens_offsets', `${clock} ${offset} 0`)
  }
}

/** Files that keep new namespaces: `--uts=FILE`. */
function bindFiles(io: Io, options: Options, pid: number): void {
  for (const [option, type] of KINDS) {
    const file = options.value(option)
    if (file === undefined) continue
    const source = `/proc/${pid}/ns/${type === 'pid' || type === 'time' ? `${type}_for_children` : type}`
    attempt(io, `mount ${source} on ${file} failed`, () => io.sys.mount(source, file, 'bind', ''))
  }
}

/** A child that stays in the old mount namespace until the new ones are there, and binds them: a new one would hide its own file. */
function binder(io: Io, options: Options): { pid: number; go: () => Run } {
  const { sys } = io
  const pipe = sys.pipe()
  const parent = sys.pid
  const pid = sys.fork(inChild(function* (own) {
    own.sys.close(pipe.write)
    yield* own.sys.read(pipe.read, 1)
    bindFiles(own, options, parent)
    return 0
  }))
  sys.close(pipe.read)
  return {
    pid,
    *go() {
      yield* sys.write(pipe.write, new Uint8Array(1))
      sys.close(pipe.write)
      const done = yield* sys.wait(pid)
      if (done?.status.kind !== 'exited' || done.status.code !== 0) io.exit(1)
    },
  }
}

function prepare(io: Io, options: Options): void {
  const { sys } = io
  const kind = options.value('propagation') ?? 'private'
  const propagation = PROPAGATION[kind]
  const proc = options.has('mount-proc') ? (options.value('mount-proc') ?? '/proc') : undefined
  if ((options.has('mount', 'm') || proc !== undefined) && propagation) attempt(io, 'cannot change root filesystem propagation', () => sys.mount('none', '/', 'none', propagation))
  const root = options.value('root')
  if (root !== undefined) attempt(io, `cannot change root directory to '${root}'`, () => sys.chroot(root))
  const directory = options.value('wd') ?? (root === undefined ? undefined : '/')
  if (directory !== undefined) attempt(io, `cannot chdir to '${directory}'`, () => sys.chdir(directory))
  if (proc !== undefined) attempt(io, `mount ${proc} failed`, () => sys.mount('proc', proc, 'proc', 'nosuid,noexec,nodev'))
  const gid = options.value('setgid')
  const uid = options.value('setuid')
  if (gid !== undefined) attempt(io, 'setgid failed', () => sys.setCredentials({ gid: Number(gid), egid: Number(gid), sgid: Number(gid), fsgid: Number(gid), groups: [] }))
  if (uid !== undefined) attempt(io, 'setuid failed', () => sys.setCredentials({ uid: Number(uid), euid: Number(uid), suid: Number(uid), fsuid: Number(uid) }))
}

/** Ends as the child ended. */
function* follow(io: Io, pid: number): Run<number> {
  for (;;) {
    const status = (yield* io.sys.wait(pid))?.status
    if (status?.kind === 'exited') return status.code
    if (status?.kind !== 'signaled') continue
    if (status.signo === SIG.SIGKILL) {
      io.err(`${io.name}: sigprocmask unblock failed: Invalid argument\n`)
      return 1
    }
    io.sys.blockSignals(new Set())
    io.sys.kill(io.sys.pid, status.signo)
    io.err(`${io.name}: child exit failed: Success\n`)
    return 1
  }
}

export default command({
  help: HELP,
  hidden:
    '  -m\n  -u\n  -i\n  -n\n  -p\n  -C\n  -U\n  -T\n  --propagation <word>\n  --setgroups <word>\n  -r, --map-root-user\n  -c, --map-current-user\n  --map-users <range>\n  --map-groups <range>\n  -S, --setuid <uid>\n  -G, --setgid <gid>\n  --monotonic <offset>\n  --boottime <offset>\n  --kill-child[=<signame>]\n  -R, --root <dir>\n  -w, --wd <dir>',
  version: 'unshare from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'run program in new namespaces',
  *run(io, options) {
    const { sys } = io
    const fail = (message: string): never => {
      io.err(`${io.name}: ${message}\n`)
      return io.exit(1)
    }
    for (const [name, what] of [['setuid', 'uid'], ['setgid', 'gid']] as const) {
      const id = options.value(name)
      if (id !== undefined && !/^\d+$/.test(id)) fail(`failed to parse ${what}: '${id}'`)
    }
    const propagation = options.value('propagation')
    if (propagation !== undefined && PROPAGATION[propagation] === undefined) fail(`unsupported propagation mode: ${propagation}`)
    const dying = options.value('kill-child')
    if (dying !== undefined && signalNumber(dying) === undefined) fail(`unknown signal: ${dying}`)
    if ((options.has('monotonic') || options.has('boottime')) && !options.has('time', 'T')) fail('options --monotonic and --boottime require unsharing of a time namespace (-t)')
    if (NOT_SIMULATED.some((name) => options.has(name))) {
      io.err('unshare: not simulated in this lab\n')
      return 125
    }
    const mapped = options.has('map-root-user', 'r') || options.has('map-current-user', 'c') || options.value('map-user') !== undefined || options.value('map-group') !== undefined
    const types = KINDS.filter(([option, type, letter]) => options.has(option, letter) || (type === 'mnt' && options.has('mount-proc')) || (type === 'user' && mapped)).map(([, type]) => type)
    const persistent = KINDS.some(([option]) => options.value(option) !== undefined)
    const helper = persistent && types.includes('mnt') ? binder(io, options) : undefined
    const own = { uid: sys.credentials.euid, gid: sys.credentials.egid }
    attempt(io, 'unshare failed', () => sys.unshare(types))
    yield* settle(io, options, own)
    if (!options.has('fork') && !options.has('kill-child')) {
      if (helper) yield* helper.go()
      else bindFiles(io, options, sys.pid)
      prepare(io, options)
      return yield* launch(io, options.operands)
    }
    const before = sys.blockSignals(new Set([SIG.SIGINT, SIG.SIGTERM]))
    const pid = attempt(io, 'fork failed', () =>
      sys.fork(inChild(function* (own) {
        own.sys.blockSignals(before)
        prepare(own, options)
        return yield* launch(own, options.operands)
      })),
    )
    if (helper) yield* helper.go()
    else bindFiles(io, options, sys.pid)
    return yield* follow(io, pid)
  },
})
