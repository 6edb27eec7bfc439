/** nsenter(1) of util-linux 2.38.1. Namespaces are opened first, then joined: user, cgroup, ipc, uts, net, pid, mnt, time. Recording: query/namespaces. */
import { Errno } from '../../../kernel/errno'
import type { NamespaceType } from '../../../kernel/namespaces/types'
import type { Run } from '../../../kernel/run'
import { SIG } from '../../../kernel/signals'
import type { Sys } from '../../../kernel/sys'
import { command } from '../command'
import type { Io } from '../../program'
import { inChild, launch } from '../launch'
import { HELP } from './help'

/** In the order in which they are joined; the name of the option. */
const KINDS: readonly (readonly [NamespaceType, string])[] = [
  ['user', 'user'], ['cgroup', 'cgroup'], ['ipc', 'ipc'], ['uts', 'uts'], ['net', 'net'], ['pid', 'pid'], ['mnt', 'mount'], ['time', 'time'],
]

class Entry {
  private readonly io: Io
  private readonly target: string | undefined
  constructor(io: Io, target: string | undefined) {
    this.io = io
    this.target = target
  }
  fail(message: string): never {
    this.io.err(`${this.io.name}: ${message}\n`)
    return this.io.exit(1)
  }
  *open(path: string): Run<number> {
    try {
      return yield* this.io.sys.open(path, { read: true, closeOnExec: true })
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      return this.fail(`cannot open ${path}: ${error.message}`)
    }
  }
  /** A file that is named, or the target's. */
  *openOf(given: string | undefined, what: string): Run<number> {
    if (given === undefined && this.target === undefined) this.fail(`neither filename nor target pid supplied for ${what}`)
    return yield* this.open(given ?? `/proc/${this.target}/${what}`)
  }
  /** Under --all: not the caller's own user namespace, which cannot be joined again (setns(2), EINVAL). */
  usable(type: NamespaceType): boolean {
    if (type !== 'user') return true
    const path = `/proc/${this.target}/ns/user`
    try {
      return this.io.sys.stat(path).ino !== this.io.sys.stat('/proc/self/ns/user').ino
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      return this.fail(`stat of ${path} failed: ${error.message}`)
    }
  }
  attempt(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      this.fail(`${what}: ${error.message}`)
    }
  }
}

/** Waits for the child, stops when it stops, and ends as it ends. */
function* asChild(sys: Sys, pid: number): Run<number> {
  for (;;) {
    const status = (yield* sys.wait(pid, { untraced: true }))?.status
    if (status?.kind === 'stopped') {
      sys.kill(sys.pid, SIG.SIGSTOP)
      sys.kill(pid, SIG.SIGCONT)
    } else if (status?.kind === 'exited') return status.code
    else if (status?.kind === 'signaled') {
      sys.kill(sys.pid, status.signo)
      return 1
    }
  }
}

export default command({
  help: HELP,
  hidden: '  -a, --all\n  -W, --wdns <dir>\n  -t, --target <pid>',
  version: 'nsenter from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'run program in different namespaces',
  *run(io, options) {
    const { sys } = io
    const target = options.value('target')
    const entry = new Entry(io, target)
    if (target !== undefined && !/^\d+$/.test(target)) entry.fail(`failed to parse pid: '${target}'`)
    for (const name of ['setuid', 'setgid'] as const) {
      const id = options.value(name)
      if (id !== undefined && !/^\d+$/.test(id)) entry.fail(`failed to parse ${name === 'setuid' ? 'uid' : 'gid'}: '${id}'`)
    }
    if (options.has('all') && target === undefined) entry.fail('no target PID specified for --all')
    const opened: { type: NamespaceType; fd: number }[] = []
    for (const [type, name] of KINDS) {
      if (!options.has(name) && !(options.has('all') && entry.usable(type))) continue
      opened.push({ type, fd: yield* entry.openOf(options.value(name), `ns/${type}`) })
    }
    const root = options.has('root') ? yield* entry.openOf(options.value('root'), 'root') : undefined
    let directory = options.has('wd') ? yield* entry.openOf(options.value('wd'), 'cwd') : undefined
    for (const { type, fd } of opened) {
      entry.attempt(`reassociate to namespace 'ns/${type}' failed`, () => sys.setns(fd, type))
      sys.close(fd)
    }
    const inside = options.value('wdns')
    if (root !== undefined && directory === undefined && inside === undefined) directory = yield* sys.open('.', { read: true, closeOnExec: true })
    if (root !== undefined) {
      entry.attempt('change directory by root file descriptor failed', () => sys.fchdir(root))
      entry.attempt('chroot failed', () => sys.chroot('.'))
      sys.chdir('/')
    }
    if (inside !== undefined) entry.attempt('cannot open current working directory', () => sys.chdir(inside))
    if (directory !== undefined) {
      const fd = directory
      entry.attempt('change directory by working directory file descriptor failed', () => sys.fchdir(fd))
    }
    const asRoot = options.has('user') && !options.has('preserve-credentials')
    const gid = Number(options.value('setgid') ?? (asRoot ? '0' : 'NaN'))
    const uid = Number(options.value('setuid') ?? (asRoot ? '0' : 'NaN'))
    function* last(own: Io): Run<number> {
      if (!Number.isNaN(gid)) own.sys.setCredentials({ gid, egid: gid, sgid: gid, fsgid: gid, groups: [] })
      if (!Number.isNaN(uid)) own.sys.setCredentials({ uid, euid: uid, suid: uid, fsuid: uid })
      return yield* launch(own, options.operands)
    }
    if (!opened.some((o) => o.type === 'pid') || options.has('no-fork')) return yield* last(io)
    return yield* asChild(sys, sys.fork(inChild(last)))
  },
})
