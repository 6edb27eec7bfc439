/** su(1) and runuser(1) of util-linux 2.38.1: a program as another user (login-utils/su-common.c). Passwords are not simulated: only root switches. */
import { Errno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import { type Accounts, accounts } from '../coreutils/accounts'
import type { Options } from '../options'
import type { Io } from '../program'
import { readText } from '../procps/processes'
import { inChild, launch } from './launch'

const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const USER_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'

type User = Accounts['users'][number]

/** Variables of the new program. */
function* environment(io: Io, user: User, shell: string, look: { login: 'login' | 'plain'; keep: 'keep' | 'reset'; whitelist: readonly string[] }): Run<Map<string, string>> {
  if (look.login === 'login') {
    const defs = (yield* readText(io.sys, '/etc/login.defs')) ?? ''
    const path = new RegExp(`^${user.id === 0 ? 'ENV_SUPATH' : 'ENV_PATH'}\\s+(?:PATH=)?(\\S+)`, 'm').exec(defs)?.[1] ?? (user.id === 0 ? ROOT_PATH : USER_PATH)
    const env = new Map<string, string>()
    for (const name of ['TERM', 'COLORTERM', 'NO_COLOR', ...look.whitelist]) {
      const value = io.env(name)
      if (value !== undefined) env.set(name, value)
    }
    for (const [name, value] of [['HOME', user.home], ['SHELL', shell], ['USER', user.name], ['LOGNAME', user.name], ['PATH', path]] as const) if (!look.whitelist.includes(name)) env.set(name, value)
    return env
  }
  const env = new Map(io.sys.env)
  if (look.keep === 'keep') return env
  env.set('HOME', user.home).set('SHELL', shell)
  if (user.id !== 0) env.set('USER', user.name).set('LOGNAME', user.name)
  return env
}

/** Runs `words` as `user` in a child, and ends as it ends. */
function* runAs(io: Io, user: User, groups: readonly number[], words: readonly string[], env: ReadonlyMap<string, string>, before: (own: Io) => void, file = words[0] ?? ''): Run<number> {
  const pid = io.sys.fork(inChild(function* (own) {
    const { group: gid, id: uid } = user
    own.sys.setCredentials({ gid, egid: gid, sgid: gid, fsgid: gid, groups })
    own.sys.setCredentials({ uid, euid: uid, suid: uid, fsuid: uid })
    before(own)
    if (file === words[0]) return yield* launch(own, words, env)
    try {
      return yield* own.sys.exec(file, words, env)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      own.err(`${own.name}: failed to execute ${file}: ${error.message}\n`)
      return error.code === 'ENOENT' ? 127 : 126
    }
  }))
  io.sys.signal(SIG.SIGINT, 'ignore')
  io.sys.signal(SIG.SIGQUIT, 'ignore')
  const status = (yield* io.sys.wait(pid))?.status
  return status?.kind === 'exited' ? status.code : status?.kind === 'signaled' ? status.signo + 128 : 1
}

export function* switchUser(io: Io, options: Options, kind: 'su' | 'runuser'): Run<number> {
  const fail = (message: string): never => {
    io.err(`${io.name}: ${message}\n`)
    return io.exit(1)
  }
  const operands = [...options.operands]
  const dash = operands[0] === '-'
  if (dash) operands.shift()
  const login = dash || options.has('login')
  const chosen = kind === 'runuser' ? options.value('user') : undefined
  const command = options.value('command') ?? options.value('session-command')
  const name = chosen ?? operands.shift() ?? 'root'
  const known = yield* accounts(io.sys)
  const found = known.users.find((u) => u.name === name)
  if (!found) return fail(`user ${name} does not exist or the user entry does not contain all the required fields`)
  if (io.sys.credentials.euid !== 0) {
    if (kind === 'runuser') return fail('may not be used by non-root users')
    io.err('su: not simulated in this lab\n')
    return 125
  }
  const groupNamed = options.value('group')
  const group = groupNamed === undefined ? undefined : known.groups.find((g) => g.name === groupNamed)
  if (groupNamed !== undefined && !group) return fail(`group ${groupNamed} does not exist`)
  const user: User = group ? { ...found, group: group.id } : found
  const more = options.values('supp-group').map((word) => known.groups.find((g) => g.name === word)?.id ?? fail(`group ${word} does not exist`))
  const groups = [...new Set([user.group, ...known.groups.filter((g) => g.members.includes(name)).map((g) => g.id), ...more])]
  if (chosen !== undefined) {
    if (command !== undefined || login) return fail('options --{shell,fast,command,session-command,login} and --user are mutually exclusive')
    if (operands.length === 0) return fail('no command was specified')
    const plain = yield* environment(io, user, user.shell || '/bin/sh', { login: 'plain', keep: options.has('preserve-environment') ? 'keep' : 'reset', whitelist: [] })
    return yield* runAs(io, user, groups, operands, plain, () => {})
  }
  const keep = options.has('preserve-environment') && !login ? 'keep' : 'reset'
  const shell = options.value('shell') ?? (keep === 'keep' ? io.env('SHELL') : undefined) ?? (user.shell || '/bin/sh')
  const env = yield* environment(io, user, shell, { login: login ? 'login' : 'plain', keep, whitelist: (options.value('whitelist-environment') ?? '').split(',').filter((w) => w !== '') })
  const base = shell.slice(shell.lastIndexOf('/') + 1)
  const words = [login ? `-${base}` : base, ...(options.has('fast') ? ['-f'] : []), ...(command === undefined ? [] : ['-c', command]), ...operands]
  return yield* runAs(io, user, groups, words, env, (own) => {
    if (!login) return
    try {
      own.sys.chdir(user.home)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      own.err(`${own.name}: warning: cannot change directory to ${user.home}: ${error.message}\n`)
    }
  }, shell)
}

const TAKING = /^-[a-zA-Z]*[wgGcsu]$|^--(whitelist-environment|group|supp-group|command|session-command|shell|user)$/

/** Words behind the user's name are the shell's, also those that begin with a dash. */
export function untilUser(args: readonly string[]): readonly string[] {
  const asUser = args.some((arg) => /^-[a-z]*u$|^--user(=|$)|^-u./.test(arg))
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') return args
    if (TAKING.test(arg)) i++
    else if (!arg.startsWith('-')) {
      // getopt(3) goes on behind the name for options of its own; a command of `runuser -u` ends them.
      return asUser ? [...args.slice(0, i), '--', ...args.slice(i)] : args
    }
  }
  return args
}
