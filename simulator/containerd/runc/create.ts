/**
 * `runc create` (libcontainer process_linux.go, nsexec.c): a first child joins the namespaces that the spec names by path, a second one,
 * born in the new namespaces and a child of runc itself, becomes the container's init. It sets everything up and then waits
 * at exec.fifo until `runc start`. A pipe tells the parent how it went.
 */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { NamespaceType } from '../../kernel/namespaces/types'
import type { Run } from '../../kernel/run'
import { SIG } from '../../kernel/signals'
import type { Sys } from '../../kernel/sys'
import { exists, makeDirectories, removeAll } from '../files'
import type { OciIdMapping, OciLinux, OciNamespaceType, OciProcess, OciResources, OciSpec } from '../oci/types'
import { now } from '../time'
import { type CgroupDriver, groupPaths, isUnified, joinGroups, removeGroups, setDevices, setResources } from './cgroups'
import { deviceRules } from './devices'
import { attachConsole, type Attendant, connectAttendant, type SendMaster } from './console'
import { RuncError } from './error'
import { runHooks } from './hooks'
import { applyLimits, becomeRoot, becomeUser, checkDescriptors, enterDirectory, environmentFault, environmentOf, keepOnlyStreams, lookPath, withHome } from './process'
import { ownRunc, type RuncRelease } from './release'
import { prepareRootfs, protectPaths } from './rootfs'
import { fifoPath, KERNEL_NAMES, namespacePaths, readSpec, sortedByName, startTimeOf, writeState } from './state'

/** nsexec.c joins the given ones first, then clones the rest at once. */
const CLONE_ORDER: readonly OciNamespaceType[] = ['user', 'mount', 'uts', 'ipc', 'pid', 'network', 'cgroup']

export interface CreateRequest {
  readonly root: string
  readonly id: string
  readonly bundle: string
  readonly pidFile: string
  readonly attendant: Attendant
  readonly cgroups: CgroupDriver
  /** The number that init is to get (clone3 set_tid). */
  readonly pid?: number
}

export function* create(sys: Sys, { root, id, bundle, pidFile, attendant, cgroups, pid: wanted }: CreateRequest): Run<number> {
  const { line } = yield* ownRunc(sys)
  const spec = yield* readSpec(sys, bundle)
  checkProcess(spec.process)
  if (!spec.root) throw new RuncError('root must be specified')
  if (!/^[\w+.-]+$/.test(id) || id === '.' || id === '..') throw new RuncError('invalid container ID format')
  if (exists(sys, `${root}/${id}`)) throw new RuncError(`container with given ID already exists`)
  if (cgroups === 'systemd') checkSystemd(sys, spec)
  checkSpec(sys, bundle, spec)
  if (attendant.kind === 'nobody' && spec.process?.terminal) throw new RuncError('cannot allocate tty if runc will detach without setting console socket')
  if (attendant.kind === 'socket' && !spec.process?.terminal) throw new RuncError('cannot use console socket if runc will not detach or allocate tty')
  if (attendant.kind === 'own' && spec.process?.terminal) checkOwnTerminal(sys)
  const sendMaster = connectAttendant(sys, attendant)
  makeRoot(sys, root)
  sys.mkdir(`${root}/${id}`, 0o711)
  const groups = yield* groupPaths(sys, spec.linux?.cgroupsPath ?? `/${id}`, cgroups)
  try {
    sys.mknod(fifoPath(root, id), 'fifo', 0o622)
    const init = yield* startInit(sys, spec, { root, id, bundle, line, sendMaster, groups, wanted })
    yield* writeState(sys, root, {
      id, init_process_pid: init, init_process_start: yield* startTimeOf(sys, init), created: now(sys),
      config: { rootfs: rootfsOf(bundle, spec), labels: [`bundle=${bundle}`], hostname: spec.hostname ?? '', ...(spec.linux?.seccomp ? { seccomp: spec.linux.seccomp } : {}) },
      rootless: false, cgroup_paths: sortedByName(groups), namespace_paths: namespacePaths(init),
      external_descriptors: [0, 1, 2].map((fd) => sys.readlink(`/proc/${init}/fd/${fd}`)), intel_rdt_path: '',
    })
    if (pidFile !== '') yield* sys.writeFile(pidFile, encode(String(init)), { mode: 0o644 })
    return init
  } catch (error) {
    removeGroups(sys, groups)
    removeAll(sys, `${root}/${id}`)
    throw error
  }
}

/** os.MkdirAll, with its words. */
export function makeRoot(sys: Sys, root: string): void {
  try {
    makeDirectories(sys, root, 0o700)
  } catch (error) {
    if (!isErrno(error)) throw error
    let path = root
    while (!exists(sys, path)) path = path.slice(0, path.lastIndexOf('/'))
    throw new RuncError(`mkdir ${path}: ${error.message.toLowerCase()}`)
  }
}

/** utils_linux.go validateProcessSpec. */
export function checkProcess(process: OciProcess | undefined): void {
  if (!process) throw new RuncError('process property must not be empty')
  if (!process.cwd) throw new RuncError('Cwd property must not be empty')
  if (!process.cwd.startsWith('/')) throw new RuncError('Cwd must be an absolute path')
  if (!process.args || process.args.length === 0) throw new RuncError('args must not be empty')
}

/** libcontainer/specconv CreateCgroupConfig, cgroups/manager. */
function checkSystemd(sys: Sys, { linux }: OciSpec): void {
  const path = linux?.cgroupsPath ?? ''
  if (path !== '' && path.split(':').length !== 3) throw new RuncError(`expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "${path}" instead`)
  if (!exists(sys, '/run/systemd/system')) throw new RuncError('systemd not running on this host, cannot use systemd cgroups manager')
}

/** runc's own terminal, which it will put into raw mode. */
function checkOwnTerminal(sys: Sys): void {
  if (![0, 1, 2].some((fd) => sys.isOpen(fd) && sys.isatty(fd))) throw new RuncError('open /dev/tty: no such device or address')
}

/** What runc looks at before it starts anything (libcontainer/configs/validate, specconv). */
function checkSpec(sys: Sys, bundle: string, spec: OciSpec): void {
  const { devices = [], unified } = spec.linux?.resources ?? {}
  for (const [i, { access }] of devices.entries()) if (!access) throw new RuncError(`device access at ${i} field cannot be empty`)
  if (unified && !isUnified(sys)) throw new RuncError('invalid configuration: cannot use unified on cgroup v1')
  const rootfs = rootfsOf(bundle, spec)
  try {
    sys.stat(rootfs)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`invalid rootfs: stat ${rootfs}: ${error.message.toLowerCase()}`)
  }
  checkMappings(spec)
  checkNamespaced(spec)
  if (sys.lstat(rootfs).kind === 'link') throw new RuncError('invalid rootfs: not an absolute path, or a symlink')
  for (const { path } of spec.linux?.namespaces ?? []) {
    if (!path) continue
    try {
      sys.lstat(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new RuncError(`unable to create new parent process: namespace path: lstat ${path}: ${error.message.toLowerCase()}`)
    }
  }
}

/** Settings of a namespace that the container has not for itself (libcontainer/configs/validate: hostname, sysctl). */
function checkNamespaced({ hostname, linux }: OciSpec): void {
  const has = (type: OciNamespaceType): boolean => linux?.namespaces?.some((n) => n.type === type) ?? false
  if (hostname && !has('uts')) throw new RuncError('unable to set hostname without a private UTS namespace')
  for (const name of Object.keys(linux?.sysctl ?? {})) {
    if (IPC_SYSCTLS.includes(name) || name.startsWith('fs.mqueue.')) {
      if (!has('ipc')) throw new RuncError(`sysctl "${name}" is not allowed in the hosts ipc namespace`)
    } else if (name.startsWith('net.')) {
      if (!has('network')) throw new RuncError(`sysctl "${name}" not allowed in host network namespace`)
    } else if (has('uts') && name === 'kernel.hostname') throw new RuncError(`sysctl "${name}" is not allowed as it conflicts with the OCI "hostname" field`)
    else if (!has('uts') || name !== 'kernel.domainname') throw new RuncError(`sysctl "${name}" is not in a separate kernel namespace`)
  }
}

const IPC_SYSCTLS = ['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced']

function* writeSysctl(sys: Sys, name: string, value: string): Run {
  const path = `/proc/sys/${name.replaceAll('.', '/')}`
  try {
    const fd = yield* sys.open(path, { write: true })
    try {
      yield* sys.write(fd, encode(value))
    } catch (error) {
      throw isErrno(error) ? new RuncError(`error during container init: write ${path}: ${error.message.toLowerCase()}`) : error
    } finally {
      sys.close(fd)
    }
  } catch (error) {
    throw isErrno(error) ? new RuncError(`error during container init: open ${path}: ${error.message.toLowerCase()}`) : error
  }
}

/** libcontainer/configs: the container's root has to be somebody. */
function checkMappings({ linux }: OciSpec): void {
  const { uidMappings = [], gidMappings = [] } = linux ?? {}
  if (!hasUserNamespace(linux)) {
    if (uidMappings.length + gidMappings.length > 0) throw new RuncError("User namespace mappings specified, but USER namespace isn't enabled in the config")
    return
  }
  if (!linux?.namespaces?.some(({ type, path }) => type === 'user' && path) && hostId(uidMappings) === undefined) throw new RuncError('User namespaces enabled, but no user mapping found.')
  if (!linux?.namespaces?.some(({ type, path }) => type === 'user' && path) && hostId(gidMappings) === undefined) throw new RuncError('User namespaces enabled, but no group mapping found.')
}

const hasUserNamespace = (linux: OciSpec['linux']): boolean => linux?.namespaces?.some(({ type }) => type === 'user') ?? false

/** Who the container's root is outside. */
const hostId = (mappings: readonly OciIdMapping[]): number | undefined => {
  const row = mappings.find(({ containerID, size }) => containerID === 0 && size > 0)
  return row?.hostID
}

export const rootfsOf = (bundle: string, spec: OciSpec): string => {
  const path = spec.root?.path ?? 'rootfs'
  return path.startsWith('/') ? path : `${bundle}/${path}`
}

interface InitRequest {
  readonly root: string
  readonly id: string
  readonly bundle: string
  readonly line: RuncRelease['line']
  readonly sendMaster: SendMaster
  readonly groups: Readonly<Record<string, string>>
  readonly wanted: number | undefined
}

function* startInit(sys: Sys, spec: OciSpec, { root, id, bundle, line, sendMaster, groups, wanted }: InitRequest): Run<number> {
  const namespaces = spec.linux?.namespaces ?? []
  const fresh = CLONE_ORDER.filter((type) => namespaces.some((n) => n.type === type && !n.path)).map((type) => KERNEL_NAMES[type])
  const report = sys.pipe()
  const births = sys.pipe()
  const ready = sys.pipe()
  const joiner = sys.fork(function* (child) {
    try {
      const score = spec.process?.oomScoreAdj
      if (score !== undefined) yield* setOomScore(child, score)
      // The first of nsexec's processes is put into the groups, so that a full one refuses its child.
      yield* joinGroups(child, groups, child.pid, spec.linux?.resources)
      for (const { type, path } of namespaces) if (path) yield* joinPath(child, path, KERNEL_NAMES[type])
    } catch (error) {
      yield* tell(child, report.write, error)
      return 1
    }
    try {
      const init = child.fork((self) => initMain(self, spec, { root, id, bundle, line, sendMaster, report: report.write, ready: ready.read, close: [report.read, births.read, births.write, ready.write] }), {
        unshare: fresh, parent: 'parent-of-caller', ...(wanted === undefined ? {} : { setTid: wanted }),
      })
      yield* child.write(births.write, encode(`${init}`))
      return 0
    } catch (error) {
      if (!isErrno(error, 'EAGAIN')) throw error
      yield* tell(child, report.write, new RuncError("can't get final child's PID from pipe: EOF"))
      return 1
    }
  })
  sys.close(births.write)
  yield* sys.wait(joiner)
  const born = decode(yield* sys.read(births.read, 32))
  sys.close(births.read)
  const init = born === '' ? 0 : outerPid(born)
  if (init > 0) {
    yield* joinWaiting(sys, groups, init)
    if (fresh.includes('user')) yield* mapIds(sys, init, spec.linux)
    try {
      if (spec.linux) yield* limit(sys, groups, spec.linux.resources ?? {})
      yield* runHooks(sys, spec.hooks?.prestart ?? [], { ociVersion: spec.ociVersion, id, status: 'creating', pid: init, bundle })
    } catch (error) {
      // Nobody is left in the groups that will be removed.
      sys.kill(init, SIG.SIGKILL)
      yield* sys.wait(init)
      throw error
    }
    // The init waits for this byte: it must be in its groups before it mounts them.
    yield* sys.write(ready.write, encode('0'))
  }
  for (const fd of [report.write, ready.read, ready.write]) sys.close(fd)
  const words = decode(yield* sys.read(report.read, 4096))
  sys.close(report.read)
  if (words !== '') throw new RuncError(words)
  return init
}

/** An init that has ended by now could not have its threads. */
function* joinWaiting(sys: Sys, groups: Readonly<Record<string, string>>, init: number): Run {
  try {
    yield* joinGroups(sys, groups, init)
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error
    throw new RuncError('unable to start container process: error during container init: read init-p: connection reset by peer')
  }
}

/** nsexec.c update_oom_score_adj: its first process gives up, which its parent sees as an early end. */
export function* setOomScore(sys: Sys, score: number): Run {
  try {
    yield* sys.writeFile('/proc/self/oom_score_adj', encode(String(score)))
  } catch (error) {
    throw isErrno(error) ? new RuncError("can't get final child's PID from pipe: EOF") : error
  }
}

/** Who the users of the new namespace are outside of it (nsexec.c update_uidmap). */
function* mapIds(sys: Sys, init: number, { uidMappings = [], gidMappings = [] }: OciLinux = {}): Run {
  const rows = (mappings: readonly OciIdMapping[]): Uint8Array => encode(mappings.map((m) => `${m.containerID} ${m.hostID} ${m.size}\n`).join(''))
  yield* sys.writeFile(`/proc/${init}/uid_map`, rows(uidMappings))
  yield* sys.writeFile(`/proc/${init}/gid_map`, rows(gidMappings))
}

function* limit(sys: Sys, groups: Readonly<Record<string, string>>, resources: OciResources): Run {
  try {
    yield* setDevices(sys, groups, deviceRules(resources.devices))
    yield* setResources(sys, groups, resources)
  } catch (error) {
    if (!(error instanceof RuncError)) throw error
    throw new RuncError(`unable to start container process: error during container init: error setting cgroup config for procHooks process: ${error.message}`)
  }
}

/** A joiner that entered a pid namespace for its children still sees them by its own namespace's numbers. */
const outerPid = (text: string): number => Number(text)

/** nsexec.c bails out, which its parent sees as an early end. */
function* joinPath(sys: Sys, path: string, type: NamespaceType): Run {
  try {
    const fd = yield* sys.open(path, { read: true })
    sys.setns(fd, type)
    sys.close(fd)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError("can't get final child's PID from pipe: EOF")
  }
}

function* tell(sys: Sys, fd: number, error: unknown): Run {
  const words = error instanceof RuncError ? error.message : error instanceof Error ? error.message.toLowerCase() : String(error)
  yield* sys.write(fd, encode(`unable to start container process: ${words}`))
}

/** The Go runtime of init has threads until it executes the program; they take numbers in the container too. */
export const INIT_THREADS = 5

interface InitSetup {
  readonly root: string
  readonly id: string
  readonly bundle: string
  readonly line: RuncRelease['line']
  readonly sendMaster: SendMaster
  readonly report: number
  readonly ready: number
  readonly close: readonly number[]
}

/** libcontainer/apparmor: the profile of what is executed next. This kernel has no AppArmor, so the write is refused (seen with runc 1.1.5). */
function applyProfile(): never {
  throw new RuncError('error during container init: unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/exec: invalid argument')
}

/** From 1.2 on a program is looked for before the parent hears that all is set up. */
function found(line: RuncRelease['line'], look: () => string): string {
  try {
    return look()
  } catch (error) {
    throw error instanceof RuncError && line !== '1.1' ? new RuncError(`error during container init: ${error.message}`) : error
  }
}

/** Go's runtime ends a program that cannot have those that it needs; of the last it does not depend. */
function startThreads(sys: Sys): boolean {
  for (let i = 0; i < INIT_THREADS; i++) {
    try {
      sys.createThread('runc:[2:INIT]')
    } catch (error) {
      if (!isErrno(error, 'EAGAIN')) throw error
      return i === INIT_THREADS - 1
    }
  }
  return true
}

/** The container's init until it executes its program. */
function* initMain(sys: Sys, spec: OciSpec, { root, id, bundle, line, sendMaster, report, ready, close }: InitSetup): Run<number> {
  const process = spec.process
  let fifo = -1
  try {
    for (const fd of close) sys.close(fd)
    if (!startThreads(sys)) return 2
    sys.setsid()
    sys.setName('runc:[2:INIT]')
    // Held open for both directions, so that opening does not wait; a byte from `runc start` lets go.
    fifo = yield* sys.open(fifoPath(root, id), { read: true, write: true, closeOnExec: true })
    yield* sys.read(ready, 1)
    sys.close(ready)
    const isMapped = hasUserNamespace(spec.linux)
    if (isMapped) becomeRoot(sys)
    if (!process) throw new RuncError('process property must not be empty')
    const fault = environmentFault(process, line)
    if (fault !== undefined) throw new RuncError(`error during container init: ${fault}`)
    if (spec.hostname) sys.setHostname(spec.hostname)
    if (spec.linux?.namespaces?.some((n) => n.type === 'network' && !n.path)) sys.net.setLink('lo', { up: true })
    yield* prepareRootfs(sys, rootfsOf(bundle, spec), spec, { devices: isMapped ? 'bound' : 'made' })
    if (process.terminal) yield* attachConsole(sys, 'init', sendMaster)
    for (const [key, value] of Object.entries(spec.linux?.sysctl ?? {})) yield* writeSysctl(sys, key, value)
    protectPaths(sys, spec)
    if (process.apparmorProfile) applyProfile()
    applyLimits(sys, process)
    checkDescriptors(sys)
    enterDirectory(sys, process.cwd)
    const env = yield* withHome(sys, environmentOf(process), process.user.uid)
    const [name = ''] = process.args ?? []
    const path = found(line, () => lookPath(sys, name, env))
    keepOnlyStreams(sys)
    becomeUser(sys, process, spec.linux?.seccomp)
    sys.umask(process.user.umask ?? 0o022)
    sys.close(report)
    yield* sys.read(fifo, 1)
    return yield* sys.exec(path, process.args ?? [], env)
  } catch (error) {
    if (sys.isOpen(report)) yield* tell(sys, report, error)
    return 1
  }
}
