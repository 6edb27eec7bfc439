/** `eval`, `.`, `source`, `exec`, `command`, `builtin` (bash(1), SHELL BUILTIN COMMANDS). */
import { concat, decode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { type Builtin, builtinNamed, type Invocation } from '../builtins'
import { ExitJump, ExpansionError, ReturnJump } from '../control'
import { SIG } from '../../kernel/signals'
import { DEEPEST, returnTrap } from '../execute/function'
import { execProgram, findCommand, runBuiltin, searchPath } from '../execute/simple'
import { waitForeground } from '../execute/pipeline'
import type { Shell } from '../shell'
import { parseOptions, usage } from './options'
import { describeName } from './type'

/** Reads a file through a descriptor: there may be none left. */
function* readThrough(sys: Sys, path: string): Run<Uint8Array> {
  const fd = yield* sys.open(path, { read: true })
  try {
    const parts: Uint8Array[] = []
    for (;;) {
      const part = yield* sys.read(fd, 65536)
      if (part.length === 0) return concat(parts)
      parts.push(part)
    }
  } finally {
    sys.close(fd)
  }
}

function* source(shell: Shell, { args }: Invocation): Run<number> {
  const name = args[0] as string
  const [, path] = args
  if (path === undefined) {
    yield* shell.error(`${name}: filename argument required`)
    yield* shell.write(2, `${name}: usage: ${name} filename [arguments]\n`)
    return 2
  }
  const found = path.includes('/') ? path : (searchPath(shell, path) ?? path)
  let text: string
  try {
    text = decode(yield* readThrough(shell.sys, found))
  } catch (error) {
    if (!isErrno(error)) throw error
    if (shell.dialect === 'dash') {
      const why = shell.startOptions.voice === 'ash' ? `${path}: No such file or directory` : `cannot open ${path}: No such file`
      throw new ExpansionError(`${name}: ${path.includes('/') ? why : `${path}: not found`}`, 'fatal', 2)
    }
    yield* shell.error(error.code === 'EISDIR' ? `${name}: ${path}: is a directory` : `${path}: ${error.message}`)
    return 1
  }
  const saved = shell.positional
  if (args.length > 2) shell.positional = args.slice(2)
  if (shell.frames.length >= DEEPEST) {
    shell.sys.kill(shell.sys.pid, SIG.SIGSEGV)
    yield 'preempted'
  }
  shell.frames.push({ name: 'source', source: found, line: shell.line, kind: 'source' })
  try {
    yield* shell.runText(text)
    yield* returnTrap(shell)
    return shell.status
  } catch (thrown) {
    if (thrown instanceof ReturnJump) return thrown.code
    throw thrown
  } finally {
    shell.frames.pop()
    if (args.length > 2) shell.positional = saved
  }
}

function shifted({ args, compound }: Invocation, by: number): Invocation {
  return { args: args.slice(by), compound: new Map([...compound].map(([at, node]) => [at - by, node])) }
}

export default [
  {
    name: 'eval',
    special: true,
    *run(shell, { args }) {
      const text = args.slice(args[1] === '--' ? 2 : 1).join(' ')
      if (text.trim() === '') return 0
      return yield* shell.runText(text, shell.line, 'eval')
    },
  },
  { name: '.', special: true, run: source },
  { name: 'source', run: source },
  {
    name: 'exec',
    special: true,
    *run(shell, { args }) {
      const parsed = parseOptions(args, 'cla:')
      if ('bad' in parsed) return yield* usage(shell, 'exec', parsed.bad, 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]')
      const { flags, rest } = parsed
      const [name] = rest
      if (name === undefined) return 0
      const zero = `${flags.has('l') ? '-' : ''}${flags.get('a') ?? name}`
      if (!name.includes('/') && searchPath(shell, name) === undefined) {
        yield* shell.error(`exec: ${name}: not found`)
        if (!shell.interactive) throw new ExitJump(127)
        return 127
      }
      const status = yield* execProgram(shell, rest, name, zero)
      if (!shell.interactive && !shell.options.isShopt('execfail')) throw new ExitJump(status)
      return status
    },
  },
  {
    name: 'command',
    *run(shell, invocation) {
      const parsed = parseOptions(invocation.args, 'pvV')
      if ('bad' in parsed) return yield* usage(shell, 'command', parsed.bad, 'command [-pVv] command [arg ...]')
      const { flags, rest, at } = parsed
      if (flags.has('v') || flags.has('V')) {
        let status = 1
        for (const name of rest) {
          if (yield* describeName(shell, name, flags.has('v') ? 'short' : 'long')) status = 0
          else if (flags.has('V')) yield* shell.error(`command: ${name}: not found`)
        }
        return status
      }
      const [name] = rest
      if (name === undefined) return 0
      const builtin = builtinNamed(shell, name)
      if (builtin) return yield* runBuiltin(shell, builtin, shifted(invocation, at))
      if (shell.options.has('hashall')) findCommand(shell, name)
      const pid = yield* shell.fork((child) => execProgram(child, rest, name), { purpose: 'stage', pgid: 0, foreground: 'foreground' })
      return yield* waitForeground(shell, shell.jobs.add(pid, [pid], invocation.args.join(' '), 'foreground'))
    },
  },
  {
    name: 'builtin',
    *run(shell, invocation) {
      const [, name] = invocation.args
      if (name === undefined) return 0
      const builtin = builtinNamed(shell, name)
      if (builtin) return yield* runBuiltin(shell, builtin, shifted(invocation, 1))
      yield* shell.error(`builtin: ${name}: not a shell builtin`)
      return 1
    },
  },
] satisfies Builtin[]
