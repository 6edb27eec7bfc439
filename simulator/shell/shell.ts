/** The interpreter inside one task: its state, its forks, its messages. What runs commands is in execute/, what expands words in expand/. */
import { encode } from '../kernel/bytes'
import { ashPrefix, ashSyntax, ashWords, dashSyntax } from './ash'
import { defineDynamic, flagLetters } from './dynamic'
import { type ForkOptions, forkShell } from './fork'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG } from '../kernel/signals'
import type { Sys } from '../kernel/sys'
import { ExitJump, ExpansionError, InterruptJump, LoopJump, ReturnJump } from './control'
import { runStatements } from './execute/run'
import type { FunctionDefinition } from './execute/function'
import { ArithmeticError, evaluate } from './expand/arithmetic'
import { numericKey } from './expand/parameter'
import { History } from './readline/history'
import { Jobs, stateOf } from './jobs'
import { callStack } from './stack'
import type { CompletionSpec } from './completion/spec'
import type { CommandNode } from 'unbash'
import { deep, flat } from './deep'
import { commandText } from './print'
import { Options } from './options'
import { type Failure, type LineSource, linesOf, Reader, type Unit } from './source'
import { readStartupFiles, startUp, takeTerminal } from './startup'
import { describe } from './syntax'
import { Traps } from './traps'
import { type Variable, Variables } from './variables'

export interface ShellOptions {
  /** argv[0]: messages start with it, `$0` is it. */
  readonly name?: string
  readonly login?: 'login' | 'plain'
  /** `typed`: a host gives commands to `execute`. `prompt`: readline on fd 0. `script`: not interactive. */
  readonly mode?: 'typed' | 'prompt' | 'script'
  readonly dialect?: 'bash' | 'dash'
  /** busybox's shell is dash's descendant with more of bash in it, and words of its own. */
  readonly voice?: 'ash'
  readonly standalone?: Standalone
  readonly readFiles?: 'profile-and-rc' | 'profile' | 'rc' | 'none'
  readonly rcFile?: string
  readonly positional?: readonly string[]
}

/** What busybox is beside its shell: applets that the shell finds without $PATH (CONFIG_FEATURE_SH_STANDALONE). */
export interface Standalone {
  readonly banner: string
  readonly names: readonly string[]
  /** In a forked child: runs the applet in this process, or gives undefined for one that wants a process of its own. */
  readonly run: (sys: Sys, args: readonly string[]) => Run<number> | undefined
}

export interface CallFrame {
  readonly name: string
  readonly source: string
  /** The line of the call. */
  readonly line: number
  readonly kind: 'function' | 'source'
}

export class Shell {
  sys: Sys
  vars: Variables
  functions = new Map<string, FunctionDefinition>()
  aliases = new Map<string, string>()
  options: Options
  positional: string[]
  /** `$0`. */
  name: string
  /** What messages start with. */
  errorName: string
  status = 0
  /** The pid of the shell that `$$` names: that of the first, in subshells too. */
  shellPid: number
  lastBackground: number | undefined
  substitutionStatus: number | undefined
  substitutionDescriptors: number[] = []
  readonly jobs: Jobs
  traps: Traps
  readonly mode: 'typed' | 'prompt' | 'script'
  readonly dialect: 'bash' | 'dash'
  readonly isLogin: boolean
  readonly startOptions: ShellOptions
  /** The script file that runs. */
  fileName: string | undefined
  /** The command text of `-c`; its errors say `-c:`. */
  commandString = false
  /** A shell that this one was forked from has job control. */
  monitorInherited = false
  interrupted = false
  exited: number | undefined
  unit: Unit | null = null
  /** Where in the unit the running command begins, for `$LINENO` and messages. */
  at = 0
  loops = 0
  /** Above 0 where a failure does not count for `set -e`. */
  conditions = 0
  frames: CallFrame[] = []
  subshellLevel = 0
  /** The descriptor of the controlling terminal; -1 without job control. */
  tty = -1
  hash = new Map<string, { readonly path: string; readonly hits: number }>()
  stack: string[] = []
  history = new History()
  disabled = new Set<string>()
  /** The builtin that runs and the one before; empty for other commands. */
  builtins = { now: '', before: '' }
  completions = new Map<string, CompletionSpec>()
  /** What `compopt` changes while a completion function runs. */
  completing: CompletionSpec | undefined
  runningTrap = false
  /** The command that runs, for BASH_COMMAND. */
  running: CommandNode | string | undefined
  /** How deep in substitutions, eval and traps: `set -x` shows it. */
  traceLevel = 0
  lastArgument = ''
  getoptsAt = 0
  prefixLabel = ''
  forkedFrom: Shell | undefined
  startedAt: number
  secondsBase = 0
  /** Of $RANDOM; 0: not drawn yet. */
  randomState: number
  private environmentCache: ReadonlyMap<string, string> | undefined

  constructor(sys: Sys, options: ShellOptions = {}, from?: Shell) {
    this.sys = sys
    this.startOptions = options
    this.mode = options.mode ?? 'script'
    this.dialect = options.dialect ?? 'bash'
    this.isLogin = options.login === 'login'
    this.name = options.name ?? 'bash'
    this.errorName = this.name
    this.positional = [...(options.positional ?? [])]
    this.options = new Options(from?.options)
    this.vars = new Variables(from?.vars)
    this.shellPid = sys.pid
    this.jobs = new Jobs(this)
    this.startedAt = sys.now().sec
    this.randomState = 0
    this.traps = new Traps(() => this.sys, () => undefined)
    defineDynamic(this)
    if (!from) startUp(this)
  }
  get interactive(): boolean {
    return this.mode !== 'script' && this.subshellLevel === 0
  }
  get jobControl(): boolean {
    return this.options.has('monitor')
  }
  get ifs(): string {
    const ifs = this.vars.all.get('IFS')
    return ifs === undefined ? ' \t\n' : (ifs.value ?? ' \t\n')
  }

  // ── the host's side ─────────────────────────────────────────────────────────────────────────────
  /** Takes the terminal, reads the startup files. */
  *start(): Run {
    if (this.mode !== 'script') yield* takeTerminal(this)
    yield* readStartupFiles(this)
  }
  /** Runs a text as if it had been typed. */
  *execute(text: string): Run<number> {
    this.interrupted = false
    yield* flat(this.runSource(linesOf(text.endsWith('\n') ? text : `${text}\n`), 'top'))
    return this.status
  }
  /** What is printed before a prompt: jobs that have changed. */
  *notify(): Run {
    // What was killed by this very command dies after the prompt is out (recording: tty/shell, `kill %1`).
    if (this.justKilled) this.justKilled = false
    else yield* this.jobs.poll()
    for (const job of [...this.jobs.list]) {
      if (job.notified || job.foreground) continue
      const state = stateOf(job)
      if (state === 'running') continue
      // A script hears only of what was killed.
      if (this.mode === 'script' && !this.commandString && job.processes.at(-1)?.status?.kind !== 'signaled') continue
      if (this.interactive || this.jobControl) yield* this.write(2, this.jobs.deathOf(job) ?? this.jobs.news(job))
      job.notified = true
      if (state === 'done') this.jobs.remove(job)
    }
  }
  /** The end of the shell: EXIT trap; stopped jobs are hung up. */
  *complete(): Run<number> {
    const trap = this.traps.commands.get('EXIT')
    let code = this.exited ?? this.status
    if (trap !== undefined && trap !== '') {
      this.traps.commands.delete('EXIT')
      this.status = code
      this.exited = undefined
      try {
        yield* this.runText(trap, 1, 'trap')
      } catch (thrown) {
        if (thrown instanceof ExitJump) code = thrown.code
        else if (!(thrown instanceof ReturnJump)) throw thrown
      }
      if (this.exited !== undefined) code = this.exited
    }
    if (this.interactive) {
      for (const job of this.jobs.list) {
        if (stateOf(job) !== 'stopped' && !(this.isLogin && this.options.isShopt('huponexit'))) continue
        try {
          this.sys.kill(-job.pgid, SIG.SIGHUP)
          this.sys.kill(-job.pgid, SIG.SIGCONT)
        } catch {
          // The group is gone already.
        }
      }
    }
    return code
  }
  interrupt(): void {
    this.interrupted = true
  }

  // ── running text ────────────────────────────────────────────────────────────────────────────────
  /** Commands one after the other until the source ends or the shell exits. `top`: errors return here. */
  *runSource(source: LineSource, level: 'top' | 'inner', label = ''): Run<number> {
    const shell = this
    const reader = new Reader(source, () => ({ aliases: this.aliases, on: this.options.isShopt('expand_aliases'), verbose: this.options.has('verbose') }), function* (line) {
      if (shell.options.has('verbose') && level === 'top') yield* shell.write(2, line.endsWith('\n') ? line : `${line}\n`)
    })
    const saved = { unit: this.unit, at: this.at }
    try {
      for (;;) {
        const unit = yield* reader.next()
        if (unit === null) break
        if ('problem' in unit) {
          yield* this.syntaxError(unit, label)
          this.status = this.problemCode(unit)
          if (level === 'inner' || !this.interactive) {
            if (level === 'top') this.exited = this.status
            break
          }
          continue
        }
        if (level === 'inner') yield* this.runUnit(unit)
        else if (!(yield* this.runGuarded(unit))) break
      }
    } finally {
      this.unit = saved.unit
      this.at = saved.at
    }
    return this.status
  }
  private problemCode(failure: Failure): number {
    const { problem, source } = failure
    // bash leaves its status alone after an error inside `[[ … ]]`.
    if (problem.kind === 'message' && /conditional/.test(problem.message)) return this.interactive ? 2 : 0
    if (problem.kind === 'match' && /(?:^|[\s;&|(])[A-Za-z_]\w*\+?=\([^)]*$/.test(source)) return 1
    return problem.kind === 'token' && /^[A-Za-z_]\w*=\(/.test(source.slice(0, problem.pos)) ? 1 : 2
  }
  private *runUnit(unit: Unit): Run {
    for (const warning of unit.warnings)
      yield* this.write(2, `${this.errorName}: line ${warning.line}: warning: here-document at line ${warning.startLine} delimited by end-of-file (wanted \`${warning.delimiter}')\n`)
    this.unit = unit
    if (this.options.has('noexec') && !this.interactive) return
    yield* runStatements(this, unit.statements)
  }
  /** A unit at top level: false when the shell is to end. */
  private *runGuarded(unit: Unit): Run<boolean> {
    try {
      if (this.beforeCommand) yield* this.beforeCommand()
      yield* this.runUnit(unit)
      yield* this.checkSignals()
    } catch (thrown) {
      if (thrown instanceof ExitJump) {
        this.exited = thrown.code
        this.status = thrown.code
        return false
      }
      if (thrown instanceof ExpansionError) {
        if (thrown.message !== '') yield* this.error(thrown.message)
        this.status = thrown.code
        this.resetAfterJump()
        if (!this.interactive) {
          this.exited = thrown.code
          return false
        }
        if (thrown.code === 127) this.status = 1
        return true
      }
      if (thrown instanceof InterruptJump) {
        this.interrupted = false
        this.status = 130
        this.resetAfterJump()
        if (this.mode === 'prompt' || this.tty >= 0) yield* this.write(2, '\n')
        return this.interactive
      }
      if (thrown instanceof LoopJump || thrown instanceof ReturnJump) return true
      throw thrown
    }
    return true
  }
  private resetAfterJump(): void {
    while (this.vars.depth > 0) this.vars.popFrame()
    this.frames = []
    this.loops = 0
    this.conditions = 0
    this.runningTrap = false
  }
  /** eval, a trap's command, a sourced file. */
  *runText(text: string, line = 1, label = ''): Run<number> {
    this.traceLevel++
    try {
      return yield* deep(() => this.runSource(linesOf(text, line), 'inner', label))
    } finally {
      this.traceLevel--
    }
  }
  /** The whole of a forked substitution. */
  *runSubstitution(source: string): Run<number> {
    const line = this.line
    const reader = linesOf(source, line)
    const saved = this.commandString
    this.tailCommand = 'single'
    yield* this.runSource(reader, 'top', 'command substitution')
    this.commandString = saved
    return this.exited ?? this.status
  }
  /** Whether the last command of the running text may take this process over: bash execs it in place. */
  tailCommand: 'none' | 'single' | 'list' = 'none'

  private *syntaxError(failure: Failure, label: string): Run {
    const tag = this.commandString && label === '' ? '-c: ' : label === '' || label === 'trap' ? '' : `${label}: `
    for (const { line, text } of describe(failure.problem, failure.source, failure.line)) {
      if (this.dialect === 'dash') {
        yield* this.write(2, this.startOptions.voice === 'ash' ? ashSyntax(this, line, dashSyntax(text)) : `${this.errorName}: ${line}: ${dashSyntax(text)}\n`)
        return
      }
      const where = this.interactive && label === '' ? '' : `line ${line}: `
      yield* this.write(2, `${this.errorName}: ${tag}${where}${text}\n`)
    }
  }

  // ── forks ───────────────────────────────────────────────────────────────────────────────────────
  backgroundWithoutJobs = false
  /** Shows $PS0 where a person types. */
  beforeCommand: (() => Run) | undefined
  /** The blocked signals to restore in a forked shell. */
  signalMask: ReadonlySet<number> | undefined
  justKilled = false
  /** Starts a child that is a copy of this shell and runs `body`; its value is the child's pid. */
  fork(body: (child: Shell) => Run<number>, options: ForkOptions): Run<number> {
    return forkShell(this, () => new Shell(this.sys, this.startOptions, this), body, options)
  }

  // ── signals ─────────────────────────────────────────────────────────────────────────────────────
  /** Between two commands: traps of signals that have come; an interrupt goes back to the prompt. */
  *checkSignals(): Run {
    if (this.interrupted && !this.runningTrap) {
      if (this.traps.commands.get('SIGINT') === undefined) throw new InterruptJump()
      this.interrupted = false
    }
    while (this.traps.hasPending) {
      const signo = this.traps.take() as number
      const command = this.traps.commandFor(signo)
      if (command === undefined || command === '') continue
      yield* this.runTrap(command)
    }
  }
  *runTrap(command: string): Run {
    const { status, runningTrap } = this
    this.runningTrap = true
    try {
      yield* this.runText(command, this.line, 'trap')
    } finally {
      this.runningTrap = runningTrap
    }
    this.status = status
  }

  // ── messages ────────────────────────────────────────────────────────────────────────────────────
  get commandShown(): string {
    return typeof this.running === 'object' ? commandText(this.running, this.unit?.source) : (this.running ?? '')
  }
  get line(): number {
    const { unit } = this
    if (!unit) return 1
    let line = unit.line
    for (let i = unit.source.indexOf('\n'); i >= 0 && i < this.at; i = unit.source.indexOf('\n', i + 1)) line++
    return line
  }
  /** `bash: line 3: ` or, typed, `-bash: `. */
  get prefix(): string {
    if (this.dialect === 'dash') return `${this.errorName}: ${this.line}: `
    if (this.mode !== 'script' && !this.frames.some((frame) => frame.kind === 'source')) return `${this.errorName}: `
    const [top] = callStack(this)
    return `${top?.source ?? this.errorName}: line ${this.line}: `
  }
  *error(message: string): Run {
    if (this.startOptions.voice === 'ash') {
      const words = ashWords(this, message)
      yield* this.write(2, `${ashPrefix(this, words)}${words}\n`)
    } else yield* this.write(2, `${this.prefix}${message}\n`)
  }
  /** What the last failed write to the standard output met; a builtin's end looks (builtins.ts, `writes`). */
  unwritten: string | undefined
  /** Writes to a descriptor; what cannot be written is lost, as where bash prints messages. */
  *write(fd: number, text: string): Run {
    try {
      yield* this.sys.write(fd, encode(text))
    } catch (error) {
      if (!isErrno(error)) throw error
      if (fd === 1) this.unwritten = error.message
    }
  }

  // ── parameters ──────────────────────────────────────────────────────────────────────────────────
  /** The value of a parameter by name; undefined when it is not set. */
  parameter(name: string): string | undefined {
    const c = name.charCodeAt(0)
    if ((c | 32) >= 97 || c === 95) return this.vars.get(name)
    if (c >= 48 && c <= 57) return name === '0' ? this.name : this.positional[Number(name) - 1]
    switch (name) {
      case '?':
        return String(this.status)
      case '#':
        return String(this.positional.length)
      case '$':
        return String(this.shellPid)
      case '!':
        return this.lastBackground === undefined ? undefined : String(this.lastBackground)
      case '-':
        return flagLetters(this)
      case '@':
        return this.positional.length === 0 ? undefined : this.positional.join(' ')
      case '*':
        return this.positional.length === 0 ? undefined : this.positional.join(this.ifs.slice(0, 1))
      default:
        return this.vars.get(name)
    }
  }
  /** Sets a variable as an assignment does: attributes hold, a read-only one is an error. */
  assign(name: string, value: string, append: 'append' | 'replace' = 'replace'): void {
    const target = this.vars.resolve(name)
    const element = /^(\w+)\[(.*)\]$/.exec(target)
    if (element) return this.assignElement(element[1] as string, numericKey(this, this.vars.find(element[1] as string), target, element[2] as string), value, append)
    const variable = this.vars.make(target)
    if (variable.readonly) throw new ExpansionError(`${target}: readonly variable`)
    this.vars.put(target, this.shaped(variable, append === 'append' ? (this.vars.find(target)?.scalar ?? '') : undefined, value))
    if (this.options.has('allexport')) variable.exported = true
    if (variable.exported) this.vars.exportsChanged = true
    if (target === 'PATH') this.hash.clear()
    if (target === 'OPTIND') this.getoptsAt = 0
    if (target === 'RANDOM') this.randomState = Number(value) >>> 0
  }
  assignElement(name: string, key: string, value: string, append: 'append' | 'replace' = 'replace'): void {
    const target = this.vars.resolve(name)
    const variable = this.vars.make(target)
    if (variable.readonly) throw new ExpansionError(`${target}: readonly variable`)
    if (!variable.isArray) {
      variable.list = new Map(variable.value === undefined ? [] : [[0, variable.value]])
      variable.value = undefined
    }
    const made = this.shaped(variable, append === 'append' ? (variable.get(key) ?? '') : undefined, value)
    if (variable.map) variable.map.set(key, made)
    else variable.list?.set(Number(key), made)
  }
  /** A value as the variable's attributes make it. */
  shaped(variable: Variable, before: string | undefined, value: string): string {
    if (variable.integer) {
      const number = this.arithmetic(value)
      return String(before === undefined ? number : BigInt.asIntN(64, this.arithmetic(before) + number))
    }
    const text = before === undefined ? value : before + value
    return variable.upper ? text.toUpperCase() : variable.lower ? text.toLowerCase() : text
  }
  /** An arithmetic expression that is expanded already. */
  arithmetic(text: string, who = ''): bigint {
    try {
      return evaluate(text, {
        read: (name, index) => {
          if (index === undefined) {
            const value = this.parameter(name)
            if (value === undefined && this.options.has('nounset')) throw new ExpansionError(`${name}: unbound variable`, 'fatal', 127)
            return value
          }
          const variable = this.vars.find(this.vars.resolve(name))
          return variable?.get(variable.map ? index.replace(/^(["'])(.*)\1$/, '$2') : numericKey(this, variable, name, index))
        },
        write: (name, index, value) => {
          if (index === undefined) this.assign(name, value)
          else {
            const variable = this.vars.find(this.vars.resolve(name))
            this.assignElement(name, variable?.map ? index.replace(/^(["'])(.*)\1$/, '$2') : numericKey(this, variable, name, index), value)
          }
        },
      })
    } catch (error) {
      if (error instanceof ArithmeticError) throw new ExpansionError(`${who === '' ? '' : `${who}: `}${error.message}`)
      throw error
    }
  }
  /** The environment for a program. */
  environment(): ReadonlyMap<string, string> {
    if (this.vars.exportsChanged || !this.environmentCache) {
      this.environmentCache = this.vars.environment(this.dialect)
      this.vars.exportsChanged = false
    }
    const env = new Map(this.environmentCache)
    return env
  }
  path(path: string): string {
    return path
  }
  directories(): string[] {
    return [this.vars.get('PWD') ?? this.sys.getcwd(), ...this.stack]
  }
  setPositional(values: readonly string[]): void {
    this.positional = [...values]
    this.getoptsAt = 0
  }
}

export const INTERACTIVE_SIGNALS = [SIG.SIGINT, SIG.SIGQUIT, SIG.SIGTERM, SIG.SIGTSTP, SIG.SIGTTIN, SIG.SIGTTOU, SIG.SIGCHLD, SIG.SIGWINCH, SIG.SIGHUP]
