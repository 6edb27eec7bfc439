/** What a shell does before its first command: variables, the terminal, startup files (bash(1), INVOCATION). */
import { decode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG } from '../kernel/signals'
import { ExitJump, ReturnJump } from './control'
import { readPasswd } from './passwd'
import { DEFAULT_SIZE } from './readline/history'
import { INTERACTIVE_SIGNALS, type Shell } from './shell'
import { isName, Variable } from './variables'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export function startUp(shell: Shell): void {
  const { sys, vars } = shell
  for (const [name, value] of sys.env) {
    if (!isName(name) || name === 'SHELLOPTS' || name === 'BASHOPTS') continue
    vars.put(name, value)
    vars.make(name).exported = true
  }
  const put = (name: string, value: string): void => {
    if (vars.get(name) === undefined) vars.put(name, value)
  }
  vars.put('IFS', ' \t\n')
  vars.make('IFS').exported = false
  put('PATH', DEFAULT_PATH)
  put('TERM', 'dumb')
  vars.make('TERM').exported = sys.env.has('TERM')
  vars.put('OPTIND', '1')
  vars.put('PPID', String(sys.ppid))
  vars.make('PPID').readonly = true
  const pwd = vars.get('PWD')
  const here = currentDirectory(shell)
  if (pwd === undefined || !sameDirectory(shell, pwd)) vars.put('PWD', here)
  vars.make('PWD').exported = true
  if (vars.get('OLDPWD') === undefined) {
    const variable = vars.make('OLDPWD')
    variable.exported = true
  }
  if (shell.dialect === 'dash') {
    put('PS1', sys.credentials.euid === 0 ? '# ' : '$ ')
    put('PS2', '> ')
    put('PS4', '+ ')
  }
  if (shell.startOptions.voice === 'ash') {
    if (!sys.env.has('PS1')) vars.put('PS1', '\\w \\$ ')
    vars.put('SHLVL', String((Number(vars.get('SHLVL')) || 0) + 1))
    vars.make('SHLVL').exported = true
  }
  if (shell.dialect === 'dash') return
  put('PS4', '+ ')
  vars.put('OPTERR', '1')
  put('HOSTNAME', sys.uname().nodename)
  vars.put('HOSTTYPE', 'x86_64')
  vars.put('MACHTYPE', 'x86_64-pc-linux-gnu')
  vars.put('OSTYPE', 'linux-gnu')
  vars.put('BASH', '/usr/bin/bash')
  vars.put('BASH_VERSION', '5.2.15(1)-release')
  vars.putList('BASH_VERSINFO', ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'])
  vars.make('BASH_VERSINFO').readonly = true
  put('SHELL', readPasswd(sys).find((entry) => entry.uid === sys.credentials.uid)?.shell ?? '/bin/sh')
  vars.put('SHLVL', String((Number(vars.get('SHLVL')) || 0) + 1))
  vars.make('SHLVL').exported = true
  for (const [name, id] of [['UID', sys.credentials.uid], ['EUID', sys.credentials.euid]] as const) {
    const variable = new Variable(String(id))
    variable.readonly = true
    variable.integer = true
    vars.all.set(name, variable)
  }
  vars.putList('GROUPS', [...new Set([sys.credentials.gid, ...sys.credentials.groups])].map(String))
  vars.putList('DIRSTACK', [])
  vars.putList('BASH_REMATCH', [])
  vars.exportsChanged = true
  if (shell.mode !== 'script') {
    shell.options.turn('emacs', 'on')
    shell.options.turn('history', 'on')
    shell.options.turn('histexpand', 'on')
    shell.options.turnShopt('expand_aliases', 'on')
    put('HISTFILE', `${vars.get('HOME') ?? ''}/.bash_history`)
    put('HISTSIZE', String(DEFAULT_SIZE))
    put('HISTFILESIZE', String(DEFAULT_SIZE))
    put('PS1', '\\s-\\v\\$ ')
    put('PS2', '> ')
  }
  if (shell.isLogin) shell.options.turnShopt('login_shell', 'on')
}

function currentDirectory(shell: Shell): string {
  try {
    return shell.sys.getcwd()
  } catch {
    return '/'
  }
}

function sameDirectory(shell: Shell, path: string): boolean {
  if (!path.startsWith('/')) return false
  try {
    const a = shell.sys.stat(path)
    const b = shell.sys.stat('.')
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}

/** Where bash keeps its terminal; from where on ash and dash keep theirs. */
const TERMINAL_FD = 255
const FIRST_OWN_FD = 10

/** What a shell that is typed into leaves as it is: dash cares for no window, busybox only while a line is edited. */
const LEFT_ALONE: Readonly<Record<Shell['dialect'], readonly number[]>> = { bash: [SIG.SIGHUP], dash: [SIG.SIGHUP, SIG.SIGTTIN, SIG.SIGWINCH] }

/** Job control: a group of its own in the terminal's foreground; signals that must not end an interactive shell. */
export function* takeTerminal(shell: Shell): Run {
  const { sys } = shell
  const leftAlone = LEFT_ALONE[shell.dialect]
  for (const signo of INTERACTIVE_SIGNALS) {
    if (leftAlone.includes(signo)) continue
    if (signo === SIG.SIGINT) sys.signal(signo, () => shell.interrupt())
    else if (signo === SIG.SIGCHLD || signo === SIG.SIGWINCH) sys.signal(signo, () => undefined)
    else sys.signal(signo, 'ignore')
  }
  const fd = [2, 0, 1].find((candidate) => sys.isOpen(candidate) && sys.isatty(candidate))
  if (fd === undefined) return
  try {
    if (sys.getpgid() !== sys.pid && sys.getsid() !== sys.pid) sys.setpgid(0, 0)
    const copy = shell.dialect === 'bash' ? sys.dup(fd, TERMINAL_FD) : yield* openTerminal(shell, fd)
    sys.setCloseOnExec(copy, true)
    sys.tcsetpgrp(copy, sys.getpgid())
    shell.tty = copy
    shell.options.turn('monitor', 'on')
  } catch (error) {
    if (!isErrno(error)) throw error
  }
  sizeVariables(shell)
}

/** ash and dash open the terminal anew, and keep it beside what scripts use (shell/ash.c setjobctl). */
function* openTerminal({ sys }: Shell, otherwise: number): Run<number> {
  try {
    const opened = yield* sys.open('/dev/tty', { read: true, write: true })
    const copy = sys.dup(opened, FIRST_OWN_FD)
    sys.close(opened)
    return copy
  } catch (error) {
    if (!isErrno(error)) throw error
    return sys.dup(otherwise, FIRST_OWN_FD)
  }
}

/** checkwinsize: LINES and COLUMNS follow the terminal. */
export function sizeVariables(shell: Shell): void {
  if (shell.tty < 0) return
  const { cols, rows } = shell.sys.getWindowSize(shell.tty)
  if (cols > 0) shell.vars.put('COLUMNS', String(cols))
  if (rows > 0) shell.vars.put('LINES', String(rows))
}

export function* readStartupFiles(shell: Shell): Run {
  const how = shell.startOptions.readFiles ?? 'profile-and-rc'
  if (how === 'none') return
  if (shell.isLogin && how !== 'rc') {
    yield* sourceIfThere(shell, '/etc/profile')
    const home = shell.vars.get('HOME') ?? '/'
    for (const name of ['.bash_profile', '.bash_login', '.profile']) if (yield* sourceIfThere(shell, `${home}/${name}`)) break
    return
  }
  if (shell.mode === 'script' || how === 'profile') return
  if (shell.startOptions.rcFile === undefined) {
    yield* sourceIfThere(shell, '/etc/bash.bashrc')
    yield* sourceIfThere(shell, `${shell.vars.get('HOME') ?? '/'}/.bashrc`)
  } else yield* sourceIfThere(shell, shell.startOptions.rcFile)
}

export function* sourceIfThere(shell: Shell, path: string): Run<boolean> {
  let text: string
  try {
    text = decode(yield* shell.sys.readFile(path))
  } catch (error) {
    if (isErrno(error)) return false
    throw error
  }
  shell.frames.push({ name: 'source', source: path, line: 0, kind: 'source' })
  try {
    yield* shell.runText(text)
  } catch (thrown) {
    if (thrown instanceof ExitJump) shell.exited = thrown.code
    else if (!(thrown instanceof ReturnJump)) throw thrown
  } finally {
    shell.frames.pop()
  }
  return true
}
