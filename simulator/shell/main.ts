/** `bash` and `sh` as programs: their arguments, and where commands come from (bash(1), INVOCATION; dash(1)). */
import { decode } from '../kernel/bytes'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { flat } from './deep'
import { catchInterrupts } from './first-process'
import { applySet } from './builtins/set'
import { interact } from './interactive/loop'
import { shoptNamed } from './options'
import { Shell, type ShellOptions, type Standalone } from './shell'
import { type LineSource, linesOf } from './source'

const VERSION = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`
const WITHOUT_ARGUMENT = new Set(['norc', 'noprofile', 'posix', 'login', 'noediting', 'verbose', 'version', 'help', 'debugger', 'restricted', 'dump-strings', 'dump-po-strings'])

export const bashMain = (sys: Sys): Run<number> => flat(main(sys, 'bash'))
/** `/bin/sh`: the same interpreter in POSIX mode with dash's builtins and messages. */
export const dashMain = (sys: Sys): Run<number> => flat(main(sys, 'dash'))
/** busybox's `sh`; `argv` is the applet's own, `standalone` what busybox has beside the shell. */
export const ashMain = (sys: Sys, argv: readonly string[], standalone: Standalone): Run<number> => flat(main(sys, 'ash', argv, standalone))

function* main(sys: Sys, kind: 'bash' | 'dash' | 'ash', argv: readonly string[] = sys.argv, standalone?: Standalone): Run<number> {
  const dialect = kind === 'bash' ? 'bash' : 'dash'
  const zero = argv[0] ?? kind
  const long = new Set<string>()
  let rcFile: string | undefined
  let at = 1
  for (; at < argv.length && /^--./.test(argv[at] as string); at++) {
    const name = (argv[at] as string).slice(2)
    if (name === 'rcfile' || name === 'init-file') rcFile = argv[++at]
    else if (WITHOUT_ARGUMENT.has(name)) long.add(name)
    else {
      const text = `${zero}: --${name}: invalid option\n`
      const shell = new Shell(sys, { name: zero })
      yield* shell.write(2, text)
      return 2
    }
  }
  let login = zero.startsWith('-') || long.has('login')
  let wantsInteractive = false
  let commandString = false
  let readsStdin = false
  const setArguments: string[] = []
  const shopts: [string, 'on' | 'off'][] = []
  for (; at < argv.length; at++) {
    const arg = argv[at] as string
    if (arg === '--' || arg === '-') {
      at++
      break
    }
    if (!/^[-+]./.test(arg)) break
    for (const letter of arg.slice(1)) {
      if (letter === 'c') commandString = true
      else if (letter === 's') readsStdin = true
      else if (letter === 'i') wantsInteractive = true
      else if (letter === 'l') login = true
      else if (letter === 'o' && argv[at + 1] !== undefined) setArguments.push(`${arg[0]}o`, argv[++at] as string)
      else if (letter === 'O' && argv[at + 1] !== undefined) shopts.push([argv[++at] as string, arg[0] === '-' ? 'on' : 'off'])
      else setArguments.push(`${arg[0]}${letter}`)
    }
  }
  const rest = argv.slice(at)
  const fromStdin = readsStdin || (!commandString && rest.length === 0)
  const interactive = wantsInteractive || (fromStdin && sys.isatty(0) && sys.isatty(2))
  const options: ShellOptions = {
    name: commandString ? (rest[1] ?? zero) : rest[0] !== undefined && !readsStdin ? rest[0] : zero,
    login: login ? 'login' : 'plain', mode: interactive ? 'prompt' : 'script', dialect, ...(standalone ? { voice: 'ash' as const, standalone } : {}),
    readFiles: long.has('noprofile') ? (long.has('norc') ? 'none' : 'rc') : long.has('norc') ? 'profile' : 'profile-and-rc',
    ...(rcFile === undefined ? {} : { rcFile }),
    positional: commandString ? rest.slice(2) : readsStdin ? rest : rest.slice(1),
  }
  const shell = new Shell(sys, options)
  if (long.has('version')) {
    yield* shell.write(1, VERSION)
    return 0
  }
  if (long.has('posix') || dialect === 'dash') shell.options.turn('posix', 'on')
  const done = applySet(shell, setArguments, 0)
  if (done.bad !== undefined) {
    yield* shell.write(2, `${zero}: ${done.bad}\n`)
    return 2
  }
  for (const [name, state] of shopts) {
    const option = shoptNamed(name)
    if (option) shell.options.turnShopt(option, state)
  }
  if (!fromStdin) catchInterrupts(shell)
  if (commandString) {
    if (rest[0] === undefined) {
      yield* shell.write(2, `${zero}: -c: option requires an argument\n`)
      return 2
    }
    shell.commandString = true
    yield* shell.start()
    if (shell.exited !== undefined) return yield* shell.complete()
    if (!shell.options.has('noexec') && kind !== 'dash') shell.tailCommand = 'list' // Debian's dash 0.5.12 forks even for the last command of -c.
    yield* shell.runSource(linesOf(rest[0]), 'top')
    return yield* shell.complete()
  }
  yield* shell.start()
  if (shell.exited !== undefined) return yield* shell.complete()
  if (interactive) return yield* interact(shell)
  if (!readsStdin && rest[0] !== undefined) return yield* script(shell, rest[0])
  yield* shell.runSource(standardInput(shell), 'top')
  return yield* shell.complete()
}

function* script(shell: Shell, path: string): Run<number> {
  let text: string
  try {
    const bytes = yield* shell.sys.readFile(path)
    if (bytes.subarray(0, 80).includes(0)) {
      yield* shell.write(2, `${path}: ${path}: cannot execute binary file\n`)
      return 126
    }
    text = decode(bytes)
  } catch (error) {
    if (!isErrno(error)) throw error
    const zero = shell.sys.argv[0] ?? 'bash'
    yield* shell.write(2, shell.startOptions.voice === 'ash' ? `${zero}: can't open '${path}': ${error.message}\n` : shell.dialect === 'dash' ? `${zero}: 0: cannot open ${path}: No such file\n` : `${zero}: ${path}: ${error.code === 'EISDIR' ? 'Is a directory' : error.message}\n`)
    return shell.dialect === 'dash' ? 2 : error.code === 'ENOENT' ? 127 : 126
  }
  shell.fileName = path
  yield* shell.runSource(linesOf(text), 'top')
  return yield* shell.complete()
}

/** Lines of standard input, read so that commands can read what follows. */
function standardInput(shell: Shell): LineSource {
  return {
    firstLine: 1,
    *next() {
      const bytes: number[] = []
      for (;;) {
        const [byte] = yield* shell.sys.read(0, 1)
        if (byte === undefined) break
        bytes.push(byte)
        if (byte === 10) break
      }
      return bytes.length === 0 ? null : decode(new Uint8Array(bytes))
    },
  }
}

