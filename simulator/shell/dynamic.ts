/** Variables whose value is asked for when they are looked at (bash(1), Shell Variables), and the letters of `$-`. */
import type { Shell } from './shell'
import { callStack } from './stack'

export function defineDynamic(shell: Shell): void {
  const { vars } = shell
  vars.define('RANDOM', {
    get: () => {
      shell.randomState = shell.randomState === 0 ? shell.sys.random() >>> 0 : (Math.imul(shell.randomState, 1103515245) + 12345) >>> 0
      return String((shell.randomState >>> 16) & 32767)
    },
  })
  vars.define('SRANDOM', { get: () => String(shell.sys.random() >>> 0) })
  vars.define('SECONDS', {
    get: () => String(shell.sys.now().sec - shell.startedAt + shell.secondsBase),
    set: (value) => {
      shell.startedAt = shell.sys.now().sec
      shell.secondsBase = Number(value) || 0
    },
  })
  vars.define('EPOCHSECONDS', { get: () => String(shell.sys.now().sec) })
  vars.define('EPOCHREALTIME', { get: () => `${shell.sys.now().sec}.${String(Math.floor(shell.sys.now().nsec / 1000)).padStart(6, '0')}` })
  vars.define('LINENO', { get: () => String(shell.line) })
  vars.define('FUNCNAME', { list: () => (shell.frames.length > 0 ? callStack(shell).map((entry) => entry.name) : []) })
  vars.define('BASH_SOURCE', { list: () => callStack(shell).map((entry) => entry.source) })
  vars.define('BASH_LINENO', { list: () => callStack(shell).map((entry) => String(entry.line)) })
  vars.define('BASH_COMMAND', { get: () => shell.commandShown })
  vars.define('BASHPID', { get: () => String(shell.sys.pid) })
  vars.define('BASH_SUBSHELL', { get: () => String(shell.subshellLevel) })
  vars.define('HISTCMD', { get: () => String(shell.history.length + 1) })
  vars.define('_', { get: () => shell.lastArgument, set: (value) => {
    shell.lastArgument = value
  } })
  vars.define('SHELLOPTS', { get: () => [...shell.options.set].sort().join(':') })
  vars.define('BASHOPTS', { get: () => [...shell.options.shopt].sort().join(':') })
}

export function flagLetters(shell: Shell): string {
  const letters: [string, boolean][] = [
    ['a', shell.options.has('allexport')], ['b', shell.options.has('notify')], ['e', shell.options.has('errexit')],
    ['f', shell.options.has('noglob')], ['h', shell.options.has('hashall')], ['i', shell.mode !== 'script'],
    ['k', shell.options.has('keyword')], ['m', shell.options.has('monitor') || shell.monitorInherited], ['n', shell.options.has('noexec')],
    ['u', shell.options.has('nounset')], ['v', shell.options.has('verbose')], ['x', shell.options.has('xtrace')],
    ['B', shell.options.has('braceexpand')], ['C', shell.options.has('noclobber')], ['E', shell.options.has('errtrace')],
    ['H', shell.options.has('histexpand')], ['P', shell.options.has('physical')], ['T', shell.options.has('functrace')],
    ['c', shell.commandString], ['s', shell.mode === 'prompt' || shell.mode === 'typed'],
  ]
  return letters.filter(([, on]) => on).map(([letter]) => letter).join('')
}
