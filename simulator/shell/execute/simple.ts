/** Simple commands (bash(1), "Simple Command Expansion", COMMAND EXECUTION). */
import type { Assignment, Command, Redirection } from 'unbash'
import { Errno, isErrno } from '../../kernel/errno'
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { ExitJump, ExpansionError, RedirectError } from '../control'
import { type Builtin, builtinNamed, builtins, type Invocation } from '../builtins'
import { ansiQuote } from '../expand/quote'
import { expandString, expandWord } from '../expand/words'
import { compileWord } from '../lexing/word'
import { commandText } from '../print'
import type { Shell, Standalone } from '../shell'
import type { Variable } from '../variables'
import { runScriptFile } from '../script'
import { assignOne } from './assign'
import { callFunction } from './function'
import { waitForeground } from './pipeline'
import { redirect } from './redirect'
import type { Place } from './run'
import { announce, CommandTrace } from './trace'

const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly'])
const NONE: readonly Redirection[] = []

export function* runSimple(shell: Shell, node: Command, place: Place): Run<number> {
  shell.at = node.pos
  yield* announce(shell, node)
  const redirects = node.redirects.length > 0 ? node.redirects : NONE
  const descriptors = shell.substitutionDescriptors
  if (descriptors.length > 0) shell.substitutionDescriptors = []
  shell.substitutionStatus = undefined
  try {
    const args: string[] = []
    const compound = new Map<number, Assignment>()
    if (node.name) {
      yield* expandArgument(shell, node.name.text, args)
      const declares = DECLARING.has(args[0] ?? '') || ((args[0] === 'command' || args[0] === 'builtin') && node.args.some((arg) => DECLARING.has(arg.text)))
      for (const arg of node.args) {
        if (arg.type === 'Assignment' && arg.value.type === 'ArrayValue') {
          compound.set(args.length, arg)
          args.push(arg.text)
        } else if (arg.type === 'Assignment' && declares && arg.value.type === 'Word') {
          args.push(`${arg.text.slice(0, arg.text.length - arg.value.text.length)}${yield* expandString(shell, arg.value.text, 'assignment')}`)
        } else yield* expandArgument(shell, arg.text, args)
      }
    }
    const assignments: Assignment[] = []
    for (const item of node.prefix) if (item.type === 'Assignment') assignments.push(item)
    if (args.length === 0) return yield* assignOnly(shell, assignments, redirects)
    if (shell.options.has('xtrace') && assignments.length === 0) yield* new CommandTrace(shell).command(args)
    // A job's name as a command brings it to the foreground.
    if (args[0]?.startsWith('%') && shell.jobControl && args.length === 1) args.unshift('fg')
    const status = yield* dispatch(shell, node, { args, compound }, assignments, redirects, place)
    shell.lastArgument = args.at(-1) ?? ''
    return status
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error
    yield* shell.error(error.message)
    return 1
  } finally {
    if (shell.substitutionDescriptors.length > 0) {
      for (const fd of shell.substitutionDescriptors) if (shell.sys.isOpen(fd)) shell.sys.close(fd)
      shell.substitutionDescriptors = []
    }
    shell.substitutionDescriptors = descriptors
  }
}

function* expandArgument(shell: Shell, text: string, args: string[]): Run {
  const compiled = compileWord(text)
  if (compiled.plain !== undefined) args.push(compiled.plain)
  else yield* expandWord(shell, text, args)
}

function* assignOnly(shell: Shell, assignments: readonly Assignment[], redirects: readonly Redirection[]): Run<number> {
  if (redirects.length > 0) (yield* redirect(shell, redirects, 'undoable'))()
  yield* assignAll(shell, assignments, [])
  shell.vars.putList('PIPESTATUS', [String(shell.substitutionStatus ?? 0)])
  return shell.substitutionStatus ?? 0
}

/** Assigns, and shows it before the command's words where `set -x` asks. `each`: around every single one. */
function* assignAll(shell: Shell, assignments: readonly Assignment[], args: readonly string[], each: (assignment: Assignment, assign: () => Run<string>) => Run<unknown> = (_, assign) => assign()): Run {
  const told = shell.options.has('xtrace') && assignments.length > 0 ? new CommandTrace(shell) : undefined
  for (const assignment of assignments) yield* each(assignment, () => assignOne(shell, assignment, told && ((value) => told.assigned(assignment, value))))
  if (told) yield* told.command(args)
}

function* dispatch(shell: Shell, node: Command, invocation: Invocation, assignments: readonly Assignment[], redirects: readonly Redirection[], place: Place): Run<number> {
  const name = invocation.args[0] as string
  const special = shell.options.has('posix') ? builtinNamed(shell, name)?.special : undefined
  const definition = special ? undefined : shell.functions.get(name)
  const builtin = definition ? undefined : builtinNamed(shell, name)
  shell.builtins = { before: shell.builtins.now, now: builtin?.name ?? '' }
  if (!definition && !builtin) return yield* runExternal(shell, node, invocation.args, assignments, redirects, place)
  // What `exec` redirects alone stays.
  const keep = name === 'exec' && invocation.args.length === 1 && !definition
  const restore = assignments.length > 0 ? yield* assignFor(shell, assignments, invocation.args) : undefined
  let undo: (() => void) | undefined
  try {
    if (redirects.length > 0) undo = yield* redirect(shell, redirects, keep ? 'final' : 'undoable')
    if (definition) return yield* callFunction(shell, definition, invocation.args.slice(1))
    const status = yield* runBuiltin(shell, builtin as Builtin, invocation)
    shell.vars.putList('PIPESTATUS', [String(status)])
    return status
  } finally {
    restore?.()
    if (undo && !keep) undo()
  }
}

/** To these `--help` is an argument as any other. */
const HELPLESS = new Set([':', 'true', 'false', 'echo', 'test', '[', 'bind'])

export function* runBuiltin(shell: Shell, builtin: Builtin, invocation: Invocation): Run<number> {
  if (invocation.args[1] === '--help' && shell.dialect === 'bash' && !HELPLESS.has(builtin.name)) {
    yield* builtins().get('help')?.run(shell, { args: ['help', builtin.name], compound: new Map() }) ?? []
    return 2
  }
  shell.unwritten = undefined
  try {
    const status = yield* builtin.run(shell, invocation)
    if (shell.unwritten === undefined || !writes(shell, builtin, invocation)) return status
    yield* sayUnwritten(shell, builtin, shell.unwritten)
    // Where a directory was changed that is not undone.
    return builtin.name === 'pushd' || builtin.name === 'popd' ? status : 1
  } catch (error) {
    if (isErrno(error, 'EINTR')) {
      yield* shell.checkSignals()
      return 128 + 2
    }
    if (!isErrno(error)) throw error
    if (builtin.writes) yield* sayUnwritten(shell, builtin, error.message)
    else yield* shell.error(`${builtin.name}: ${error.message}`)
    return 1
  }
}

const writes = (shell: Shell, { writes: when = shell.dialect === 'dash' || undefined }: Builtin, { args }: Invocation): boolean => (typeof when === 'function' ? when(args) : when === true)

function* sayUnwritten(shell: Shell, { name }: Builtin, problem: string): Run {
  shell.unwritten = undefined
  if (shell.startOptions.voice === 'ash') yield* shell.write(2, `${shell.errorName}: write error: ${problem}\n`)
  else yield* shell.error(`${name}: ${shell.dialect === 'dash' ? `${name}: I/O error` : `write error: ${problem}`}`)
}

/** `X=1 command`: exported for the command's time. */
function* assignFor(shell: Shell, assignments: readonly Assignment[], args: readonly string[]): Run<() => void> {
  const saved: [string, Variable | undefined][] = []
  yield* assignAll(shell, assignments, args, function* ({ name }, assign) {
    saved.push([name, shell.vars.all.get(name)?.clone()])
    try {
      yield* assign()
    } catch (error) {
      // A read-only variable keeps its value; the command runs all the same.
      if (!(error instanceof ExpansionError) || error.fatal === 'fatal') throw error
      yield* shell.error(error.message)
      return
    }
    shell.vars.make(name).exported = true
  })
  shell.vars.exportsChanged = true
  return () => {
    for (const [name, before] of saved.reverse()) {
      if (before) shell.vars.all.set(name, before)
      else shell.vars.all.delete(name)
    }
    shell.vars.exportsChanged = true
  }
}

function* runExternal(shell: Shell, node: Command, args: readonly string[], assignments: readonly Assignment[], redirects: readonly Redirection[], place: Place): Run<number> {
  const body = function* (child: Shell): Run<number> {
    if (child.backgroundWithoutJobs && child !== shell) child.backgroundWithoutJobs = false
    yield* assignAll(child, assignments, args, function* ({ name }, assign) {
      yield* assign()
      child.vars.make(name).exported = true
    })
    try {
      if (redirects.length > 0) yield* redirect(child, redirects, 'final')
    } catch (error) {
      if (!(error instanceof RedirectError)) throw error
      yield* child.error(error.message)
      return 1
    }
    child.vars.given = assignments.map(({ name }) => name)
    child.vars.exportsChanged = true
    return yield* execProgram(child, args, args[0] as string)
  }
  if (place === 'tail') {
    throw new ExitJump(yield* body(shell))
  }
  if (shell.options.has('hashall')) findCommand(shell, args[0] as string)
  const pid = yield* shell.fork(body, { purpose: 'stage', pgid: 0, foreground: 'foreground' })
  const job = shell.jobs.add(pid, [pid], '', 'foreground')
  return yield* waitForeground(shell, withText(job, node))
}

/** The job's text is made only when somebody looks. */
function withText(job: ReturnType<Shell['jobs']['add']>, node: Command): typeof job {
  Object.defineProperty(job, 'text', { configurable: true, get: () => commandText(node) })
  return job
}

/** Where `$PATH` leads; undefined when nowhere. Files that cannot be executed are taken only if nothing better is there. */
export function findCommand(shell: Shell, name: string, path?: string, looks: 'counted' | 'again' = 'counted'): string | undefined {
  if (name.includes('/')) return name
  if (path === undefined) {
    const known = shell.hash.get(name)
    if (known) {
      if (looks === 'counted') hit(shell, name, known)
      return known.path
    }
  }
  const place = searchPath(shell, name, path)
  if (place !== undefined && path === undefined && shell.options.has('hashall')) shell.hash.set(name, { path: place, hits: 1 })
  return place
}

/** Counts a look at a remembered place; a subshell counts for itself. */
export function hit(shell: Shell, name: string, { path, hits }: { readonly path: string; readonly hits: number }): void {
  shell.hash.set(name, { path, hits: hits + 1 })
}

export function searchPath(shell: Shell, name: string, path?: string): string | undefined {
  let second: string | undefined
  for (const directory of (path ?? shell.vars.get('PATH') ?? '').split(':')) {
    const candidate = `${directory === '' ? '.' : directory}/${name}`
    try {
      if (shell.sys.stat(candidate).kind === 'dir') continue
      if (shell.sys.access(candidate, { execute: true })) return candidate
      second ??= candidate
    } catch {
      // Not there.
    }
  }
  return second
}

/** Becomes the program; the value is the status when it cannot. */
export function* execProgram(shell: Shell, args: readonly string[], name: string, zero = args[0] ?? name): Run<number> {
  const { standalone } = shell.startOptions
  if (standalone?.names.includes(name)) {
    const status = yield* execApplet(shell, standalone, args)
    if (status !== undefined) return status
  }
  const path = findCommand(shell, name, undefined, shell.forkedFrom ? 'again' : 'counted')
  if (path === undefined) {
    if (shell.functions.has('command_not_found_handle')) return yield* callFunction(shell, shell.functions.get('command_not_found_handle') as never, args)
    yield* shell.error(shell.dialect === 'dash' ? `${name}: not found` : `${/[\x00-\x1f\x7f]/.test(name) ? ansiQuote(name) : name}: command not found`)
    return 127
  }
  const env = new Map(shell.environment())
  if (shell.dialect === 'bash') env.set('_', path)
  try {
    return yield* shell.sys.exec(path, [zero, ...args.slice(1)], env)
  } catch (error) {
    if (!isErrno(error)) throw error
    return yield* execFailed(shell, path, name, args, error)
  }
}

/** An applet of the shell's own program: in this very process, or by executing that program again; undefined when it cannot be found. */
function* execApplet(shell: Shell, standalone: Standalone, args: readonly string[]): Run<number | undefined> {
  const running = standalone.run(shell.sys, args)
  if (running) return yield* running
  try {
    return yield* shell.sys.exec('/proc/self/exe', args, shell.environment())
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

function* execFailed(shell: Shell, path: string, name: string, args: readonly string[], error: Errno): Run<number> {
  let text: string = error.message
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    if (shell.dialect === 'dash') {
      yield* shell.error(`${name}: not found`)
      return 127
    }
    const interpreter = yield* interpreterOf(shell, path)
    yield* shell.error(interpreter === undefined ? `${name}: ${text}` : `${name}: cannot execute: required file not found`)
    return 127
  }
  try {
    if (shell.sys.stat(path).kind === 'dir') text = new Errno('EISDIR').message
  } catch {
    // As the error says.
  }
  if (error.code === 'ENOEXEC') {
    // No #! line: the shell runs it as a script of its own.
    return yield* runScriptFile(shell, path, args.slice(1))
  }
  yield* shell.error(`${path === name ? name : path}: ${text}`)
  return 126
}

function* interpreterOf(shell: Shell, path: string): Run<string | undefined> {
  try {
    const head = decode((yield* shell.sys.readFile(path)).subarray(0, 128))
    return /^#!\s*(\S+)/.exec(head)?.[1]
  } catch {
    return undefined
  }
}
