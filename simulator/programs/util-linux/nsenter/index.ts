/** nsenter(1) of util-linux 2.38.1. Namespaces are opened first, then joined: user, cgroup, ipc, uts, net, pid, mnt, time. Recording: query/namespaces. */
import { Errno } from '../../../kernel/errno'
import type { NamespaceType } from '../../../kernel/namespaces/types'
import { program } from '../../program'
import { launch, launchForked } from '../launch'
import { HELP } from './help'

const KINDS: readonly (readonly [NamespaceType, string, string])[] = [
  ['user', 'U', 'user'], ['cgroup', 'C', 'cgroup'], ['ipc', 'i', 'ipc'], ['uts', 'u', 'uts'], ['net', 'n', 'net'], ['pid', 'p', 'pid'], ['mnt', 'm', 'mount'], ['time', 'T', 'time'],
]
const VALUES = new Map([['t', 'target'], ['S', 'setuid'], ['G', 'setgid'], ['W', 'wdns']])
const FLAGS = new Map([['a', 'all'], ['F', 'no-fork'], ['Z', 'follow-context'], ['h', 'help'], ['V', 'version'], ['r', 'root'], ['w', 'wd']])

export default program({
  paths: ['/usr/bin/nsenter'],
  summary: 'run program in different namespaces',
  *run(io) {
    const given = new Map<string, string>()
    const args = [...io.args]
    const wrong = (message: string): number => {
      io.err(`${io.name}: ${message}\nTry 'nsenter --help' for more information.\n`)
      return 1
    }
    while (args[0]?.startsWith('-') && args[0] !== '-') {
      const arg = args.shift() ?? ''
      if (arg === '--') break
      if (arg.startsWith('--')) {
        const [name = '', value] = arg.slice(2).split(/=(.*)/s)
        if ([...VALUES.values()].includes(name)) given.set(name, value ?? args.shift() ?? '')
        else if ([...FLAGS.values(), 'preserve-credentials', ...KINDS.map((k) => k[2])].includes(name)) given.set(name, value ?? '')
        else return wrong(`unrecognized option '${arg}'`)
        continue
      }
      for (let i = 1; i < arg.length; i++) {
        const c = arg[i] ?? ''
        const kind = KINDS.find((k) => k[1] === c)?.[2] ?? (c === 'r' || c === 'w' ? FLAGS.get(c) : undefined)
        const takes = VALUES.get(c)
        const flag = FLAGS.get(c)
        if (takes) {
          const value = arg.slice(i + 1) || args.shift()
          if (value === undefined) return wrong(`option requires an argument -- '${c}'`)
          given.set(takes, value)
          break
        }
        if (kind) {
          given.set(kind, arg.slice(i + 1).replace(/^=/, ''))
          break
        }
        if (!flag) return wrong(`invalid option -- '${c}'`)
        given.set(flag, '')
      }
    }
    if (given.has('help')) io.out(HELP)
    else if (given.has('version')) io.out('nsenter from util-linux 2.38.1\n')
    if (given.has('help') || given.has('version')) return 0
    const target = given.get('target')
    if (target !== undefined && !/^\d+$/.test(target)) {
      io.err(`${io.name}: failed to parse pid: '${target}'\n`)
      return 1
    }
    const opened: { type: NamespaceType; fd: number }[] = []
    const directories: { name: 'root' | 'wd'; path: string }[] = []
    for (const [type, , name] of KINDS) {
      const asked = given.get(name)
      if (asked === undefined && !given.has('all')) continue
      if (!asked && target === undefined) {
        io.err(`${io.name}: neither filename nor target pid supplied for ns/${type}\n`)
        return 1
      }
      const path = asked || `/proc/${target}/ns/${type}`
      try {
        // With --all the caller's own user namespace is left alone: it cannot be joined again (setns(2), EINVAL).
        if (asked === undefined && io.sys.stat(path).ino === io.sys.stat(`/proc/self/ns/${type}`).ino) continue
        opened.push({ type, fd: yield* io.sys.open(path, { read: true, closeOnExec: true }) })
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`${io.name}: cannot open ${path}: ${error.message}\n`)
        return 1
      }
    }
    for (const name of ['root', 'wd'] as const) {
      const asked = given.get(name)
      if (asked !== undefined) directories.push({ name, path: asked || `/proc/${target}/${name === 'wd' ? 'cwd' : 'root'}` })
    }
    for (const { type, fd } of opened) {
      try {
        io.sys.setns(fd, type)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`${io.name}: reassociate to namespace 'ns/${type}' failed: ${error.message}\n`)
        return 1
      }
      io.sys.close(fd)
    }
    for (const { name, path } of directories) {
      if (name === 'root') io.sys.chroot(path)
      else io.sys.chdir(path)
    }
    if (directories.some((d) => d.name === 'root') && !given.has('wd')) io.sys.chdir('/')
    const wdns = given.get('wdns')
    if (wdns !== undefined) io.sys.chdir(wdns)
    const gid = given.get('setgid')
    const uid = given.get('setuid')
    if (gid !== undefined) io.sys.setCredentials({ gid: Number(gid), egid: Number(gid), sgid: Number(gid), fsgid: Number(gid), groups: [] })
    if (uid !== undefined) io.sys.setCredentials({ uid: Number(uid), euid: Number(uid), suid: Number(uid), fsuid: Number(uid) })
    const forks = opened.some((o) => o.type === 'pid') && !given.has('no-fork')
    return forks ? yield* launchForked(io, args) : yield* launch(io, io.sys, args)
  },
})
