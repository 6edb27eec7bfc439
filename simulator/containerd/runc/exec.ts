/** `runc exec`: one more process in a container's namespaces and groups (libcontainer setns_init_linux.go). */
import { decode, encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { OciProcess, OciSeccomp } from '../oci/types'
import { INIT_THREADS, setOomScore } from './create'
import { joinGroups } from './cgroups'
import { attachConsole, type Attendant, connectAttendant, type SendMaster } from './console'
import { RuncError } from './error'
import { ownRunc, type RuncRelease } from './release'
import { applyLimits, becomeRoot, becomeUser, checkDescriptors, enterDirectory, environmentFault, environmentOf, keepOnlyStreams, lookPath, withHome } from './process'
import { readState, statusOf } from './state'

export interface ExecRequest {
  readonly root: string
  readonly id: string
  readonly process: OciProcess
  readonly pidFile: string
  readonly attendant: Attendant
  readonly paused?: 'ignored'
}

/** Order of nsexec.c. The mount namespace last, since the paths lie in the caller's. */
const JOINED = ['user', 'ipc', 'uts', 'net', 'pid', 'cgroup', 'mnt'] as const

/** Starts the process; its pid. It is the caller's child. */
export function* execIn(sys: Sys, { root, id, process, pidFile, attendant, paused }: ExecRequest): Run<number> {
  const state = yield* readState(sys, root, id)
  const status = yield* statusOf(sys, root, state)
  if (status === 'stopped') throw new RuncError('cannot exec in a stopped container')
  if (status === 'paused' && paused !== 'ignored') throw new RuncError('cannot exec in a paused container (use --ignore-paused to override)')
  const { line } = yield* ownRunc(sys)
  const sendMaster = connectAttendant(sys, attendant)
  const joined = JOINED.filter((type) => sys.readlink(`/proc/${state.init_process_pid}/ns/${type}`) !== sys.readlink(`/proc/self/ns/${type}`))
  const isMapped = joined.includes('user')
  const report = sys.pipe()
  const births = sys.pipe()
  const ready = sys.pipe()
  const joiner = sys.fork(function* (child) {
    if (process.oomScoreAdj !== undefined) yield* setOomScore(child, process.oomScoreAdj)
    const fds: { fd: number; type: (typeof JOINED)[number] }[] = []
    for (const type of joined) fds.push({ fd: yield* child.open(`/proc/${state.init_process_pid}/ns/${type}`, { read: true }), type })
    for (const { fd, type } of fds) {
      child.setns(fd, type)
      child.close(fd)
    }
    const pid = child.fork((self) => execMain(self, process, { isMapped, line, sendMaster, seccomp: state.config.seccomp, report: report.write, ready: ready.read, close: [report.read, births.read, births.write, ready.write] }), { parent: 'parent-of-caller' })
    yield* child.write(births.write, encode(String(pid)))
    return 0
  })
  sys.close(births.write)
  yield* sys.wait(joiner)
  const pid = Number(decode(yield* sys.read(births.read, 32)))
  sys.close(births.read)
  sys.close(report.write)
  if (pid > 0) {
    yield* joinGroups(sys, state.cgroup_paths, pid)
    // The process waits for this byte: it must be in its groups before it runs or fails.
    yield* sys.write(ready.write, encode('0'))
  }
  for (const fd of [ready.read, ready.write]) sys.close(fd)
  const words = decode(yield* sys.read(report.read, 4096))
  sys.close(report.read)
  if (words !== '') throw new RuncError(`unable to start container process: ${words}`)
  if (pidFile !== '') yield* sys.writeFile(pidFile, encode(String(pid)), { mode: 0o644 })
  return pid
}

interface ExecSetup {
  /** Whether it has joined another user namespace. */
  readonly isMapped: boolean
  readonly line: RuncRelease['line']
  readonly seccomp: OciSeccomp | undefined
  readonly sendMaster: SendMaster
  readonly report: number
  readonly ready: number
  readonly close: readonly number[]
}

function* execMain(sys: Sys, process: OciProcess, { isMapped, line, sendMaster, seccomp, report, ready, close }: ExecSetup): Run<number> {
  try {
    for (const fd of close) sys.close(fd)
    // Go's threads are there before the process is put into its groups, which pids.max does not hinder.
    for (let i = 0; i < INIT_THREADS; i++) sys.createThread('runc:[2:INIT]')
    yield* sys.read(ready, 1)
    sys.close(ready)
    sys.setCloseOnExec(report, true)
    if (isMapped) becomeRoot(sys)
    const fault = environmentFault(process, line)
    if (fault !== undefined) throw new RuncError(fault)
    sys.setsid()
    sys.setName('runc:[2:INIT]')
    if (process.terminal) yield* attachConsole(sys, 'exec', sendMaster)
    applyLimits(sys, process)
    checkDescriptors(sys)
    enterDirectory(sys, process.cwd)
    const env = yield* withHome(sys, environmentOf(process), process.user.uid)
    const path = lookPath(sys, process.args?.[0] ?? '', env)
    keepOnlyStreams(sys)
    becomeUser(sys, process, seccomp)
    return yield* sys.exec(path, process.args ?? [], env)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    if (sys.isOpen(report)) yield* sys.write(report, encode(words))
    return 255
  }
}
