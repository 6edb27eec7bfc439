/** execve(2): what file it is, who interprets it, and what of the task changes. */
import { decode, encode } from './bytes'
import { elfProgram } from './elf'
import { entered, startThread } from './clone'
import { Errno, isErrno } from './errno'
import { endThreads } from './exit'
import type { Fiber } from './fiber'
import type { Program } from './program'
import type { Run } from './run'
import type { Sys } from './sys'
import { SMALL_PROGRAM, type Task } from './task'
import { RegularFile } from './vfs/inode'
import type { Location } from './vfs/location'
import { permitted, resolve } from './vfs/namei'

const MAX_INTERPRETERS = 4
const HEAD = 256
const COMM_LENGTH = 15
/** Bytes of argv and environment that fit (a quarter of the stack limit, execve(2)). */
const ARG_MAX = 2_097_152
const LONGEST_ARG = 131_072
/** Virtual time between execve(2) and the program's first step: loading, linking, start-up. */
const STARTUP_NS = 700_000

interface Image {
  readonly program: Program
  readonly file: Location
  readonly argv: readonly string[]
}

/** Finds the program that a file runs; follows `#!` lines. ENOENT, EACCES, ENOEXEC, ELOOP. */
export function loadImage(task: Task, path: string, argv: readonly string[], depth = 0): Image {
  const file = resolve(task, path)
  const { inode } = file
  if (!(inode instanceof RegularFile)) throw new Errno('EACCES')
  if (!permitted(task, inode, 1) || file.mount.flags.noExec) throw new Errno('EACCES')
  const head = inode.read(0, HEAD, task)
  if (head[0] === 0x23 && head[1] === 0x21) {
    if (depth >= MAX_INTERPRETERS) throw new Errno('ELOOP')
    const line = decode(head).split('\n', 1)[0]?.slice(2).trim() ?? ''
    const [interpreter = '', ...rest] = line.split(/[ \t]+/)
    if (interpreter === '') throw new Errno('ENOEXEC')
    const option = rest.join(' ')
    return loadImage(task, interpreter, [interpreter, ...(option ? [option] : []), path, ...argv.slice(1)], depth + 1)
  }
  const id = elfProgram(head)
  if (id === undefined) throw new Errno('ENOEXEC')
  const program = task.kernel.programs.get(id) ?? task.kernel.programs.get(id.split('@')[0] ?? '') ?? task.kernel.programs.get('lab/not-simulated')
  if (!program) throw new Errno('ENOEXEC')
  return { program, file, argv }
}

/** Replaces the running program of `task`. */
export function* execute(task: Task, sys: Sys, path: string, argv: readonly string[], env: ReadonlyMap<string, string>): Run<never> {
  let bytes = 0
  for (const arg of argv) {
    if (arg.length >= LONGEST_ARG) throw new Errno('E2BIG')
    bytes += arg.length + 9
  }
  for (const [name, value] of env) bytes += name.length + value.length + 10
  if (bytes > ARG_MAX) throw new Errno('E2BIG')
  const image = loadImage(task, path, argv)
  become(task, image, env, path)
  task.kernel.cgroups?.endThreads(task)
  endThreads(task)
  const fiber = task.kernel.scheduler.current as Fiber
  for (const other of [...task.fibers]) {
    if (other === fiber) continue
    other.state = 'done'
    other.run.return(undefined)
    task.fibers.delete(other)
  }
  fiber.run = start(task, sys, image.program)
  yield 'preempted'
  throw new Error('execve returned')
}

/** The first coroutine of a program: start-up takes a little time, then `main`. */
function* start(task: Task, sys: Sys, program: Program): Run<number> {
  const until = task.kernel.clock.monotonic + task.kernel.scheduler.usedNs + STARTUP_NS
  while (task.kernel.clock.monotonic < until) {
    if ((yield* task.kernel.block([], until - task.kernel.clock.monotonic)) === 'timeout') break
  }
  if (program.threads && !startThreads(task, program.threads)) {
    yield* sys.write(2, encode(NO_THREADS))
    return 2
  }
  return yield* program.main(sys)
}

/** What Go's runtime says when it gets no thread (runtime/os_linux.go, newosproc). */
const NO_THREADS = 'runtime: failed to create new OS thread (have 2 already; errno=11)\nruntime: may need to increase max user processes (ulimit -u)\nfatal error: newosproc\n'

/** The threads that a program's runtime starts at once. */
function startThreads(task: Task, count: number): boolean {
  try {
    for (let i = 0; i < count; i++) startThread(task)
    return true
  } catch (error) {
    if (isErrno(error, 'EAGAIN')) return false
    throw error
  }
}

/** What execve(2) changes of a task. */
export function become(task: Task, image: Image, env: ReadonlyMap<string, string>, path: string): void {
  task.comm = path.slice(path.lastIndexOf('/') + 1).slice(0, COMM_LENGTH)
  task.argv = image.argv
  task.env = new Map(env)
  task.exe = image.file
  task.memory = { ...SMALL_PROGRAM, ...image.program.memory }
  task.hasExeced = true
  // A new time namespace is entered by execve(2) too (Linux 6.3, exec_task_namespaces).
  if (task.ns.time !== task.ns.timeForChildren) task.ns = { ...task.ns, time: entered(task.ns.timeForChildren) }
  task.dumpable = true
  task.flags &= ~0x40
  task.recorded.clear()
  for (const [signo, disposition] of [...task.dispositions]) if (typeof disposition === 'function') task.dispositions.delete(signo)
  for (const [fd, descriptor] of [...task.fds]) {
    if (!descriptor.closeOnExec) continue
    task.fds.delete(fd)
    descriptor.file.release()
  }
  const { mode, uid, gid } = image.file.inode.attributes(task)
  const { noSuid } = image.file.mount.flags
  const c = task.credentials
  if (!noSuid && !c.noNewPrivs && (mode & 0o4000) !== 0) task.credentials = { ...task.credentials, euid: uid, suid: uid, fsuid: uid }
  if (!noSuid && !c.noNewPrivs && (mode & 0o2000) !== 0) task.credentials = { ...task.credentials, egid: gid, sgid: gid, fsgid: gid }
  execCapabilities(task, c.euid === task.credentials.euid && c.egid === task.credentials.egid ? 'itself' : 'another')
}

/** capabilities(7), "Transformation of capabilities during execve()", with no file capabilities. A set-user-ID or set-group-ID program loses the ambient set. */
function execCapabilities(task: Task, as: 'itself' | 'another'): void {
  const c = task.credentials
  // Root is whom the task's own user namespace shows as 0.
  const isZero = (id: number): boolean => task.ns.user.shown('uidMap', id) === 0
  const root = isZero(c.euid) || isZero(c.uid)
  const capAmbient = as === 'itself' ? c.capAmbient : 0n
  const capPermitted = root ? c.capInheritable | c.capBounding : capAmbient
  task.credentials = { ...c, capPermitted, capEffective: isZero(c.euid) ? capPermitted : capAmbient, capAmbient }
}
