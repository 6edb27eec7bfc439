/** Control groups of a container (libcontainer/cgroups/fs): a directory for each mounted controller, the init moved in, limits written. */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { makeDirectories } from '../files'
import type { OciResources } from '../oci/types'
import { RuncError } from './error'

export interface Controller {
  /** `memory`, `name=systemd`; '' for cgroup v2. */
  readonly name: string
  readonly mountPoint: string
}

/** Controllers by their mounts (/proc/self/mountinfo), in mount order. */
export function* controllers(sys: Sys): Run<Controller[]> {
  const found: Controller[] = []
  for (const line of decode(yield* sys.readFile('/proc/self/mountinfo')).split('\n')) {
    // A node has a hundred mounts; a dozen of them are of control groups.
    if (!line.includes(' - cgroup')) continue
    const [before = '', after = ''] = line.split(' - ')
    const [type, , superOptions = ''] = after.split(' ')
    const point = before.split(' ')[4]
    if (!point || (type !== 'cgroup' && type !== 'cgroup2')) continue
    if (type === 'cgroup2') found.push({ name: '', mountPoint: point })
    else for (const option of superOptions.split(',')) if (!['rw', 'ro', 'xattr', 'noprefix'].includes(option)) found.push({ name: option, mountPoint: point })
  }
  return found
}

/** Who makes the container's groups. */
export type CgroupDriver = 'systemd' | 'files'

/** The directory of a group for each controller. */
export function* groupPaths(sys: Sys, cgroupsPath: string, driver: CgroupDriver): Run<Record<string, string>> {
  const path = driver === 'systemd' ? groupPath(cgroupsPath) : cleanPath(cgroupsPath)
  // One that is not absolute lies in runc's own group.
  const own = path.startsWith('/') ? undefined : ownGroups(decode(yield* sys.readFile('/proc/self/cgroup')))
  return Object.fromEntries((yield* controllers(sys)).map(({ name, mountPoint }) => [name, `${mountPoint}${own ? `${(own.get(name) ?? '/').replace(/\/$/, '')}/` : ''}${path}`]))
}

/** utils.CleanPath: what is not absolute stays so, and `..` leads nowhere above its beginning. */
function cleanPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`
}

/** /proc/self/cgroup: the group by controller. */
export const ownGroups = (text: string): Map<string, string> =>
  new Map(text.split('\n').flatMap((line) => {
    const [, names = '', path = ''] = line.split(':')
    return path === '' ? [] : names.split(',').map((name): [string, string] => [name, path])
  }))

/**
 * `SLICE:PREFIX:NAME`, as systemd's driver has it, is the scope PREFIX-NAME in the slice, which lies in those that its name begins with
 * (libcontainer/cgroups/systemd: ExpandSlice); anything else is a path.
 */
export function groupPath(cgroupsPath: string): string {
  const [slice, prefix, name] = cgroupsPath.split(':')
  if (slice === undefined || prefix === undefined || name === undefined) return cgroupsPath
  const parts = slice.replace(/\.slice$/, '').split('-')
  return `/${parts.map((_, i) => `${parts.slice(0, i + 1).join('-')}.slice`).join('/')}/${prefix}-${name}.scope`
}

/** True where all controllers lie in the one hierarchy of version 2. */
export const isUnified = (sys: Sys): boolean => sys.access('/sys/fs/cgroup/cgroup.controllers', { read: true })

/** A cpuset is given its own lists when it is joined (fs/cpuset.go ApplyDir), all other limits come later. */
export function* joinGroups(sys: Sys, paths: Readonly<Record<string, string>>, pid: number, resources: OciResources = {}): Run {
  for (const [controller, path] of Object.entries(paths)) {
    makeDirectories(sys, path)
    if (controller === '') yield* handDown(sys, path)
    if (controller === 'cpuset') {
      yield* copyCpuset(sys, path)
      yield* setCpuset(sys, path, resources)
    }
    yield* write(sys, `${path}/cgroup.procs`, String(pid))
  }
}

/** Version 2: each group above hands its controllers down, or the container's has none (libcontainer/cgroups/fs2/create.go). */
function* handDown(sys: Sys, path: string): Run {
  const above = path.split('/').slice(1, -1)
  for (let i = 3; i <= above.length; i++) {
    const group = `/${above.slice(0, i).join('/')}`
    const names = (yield* readOrEmpty(sys, `${group}/cgroup.controllers`))?.trim().split(' ').filter(Boolean) ?? []
    if (names.length > 0) yield* write(sys, `${group}/cgroup.subtree_control`, names.map((name) => `+${name}`).join(' '))
  }
}

/** A new cpuset group has neither CPUs nor memory nodes until they are copied from above. */
function* copyCpuset(sys: Sys, path: string): Run {
  for (const name of ['cpuset.cpus', 'cpuset.mems']) {
    const own = yield* readOrEmpty(sys, `${path}/${name}`)
    if (own === undefined || own.trim() !== '') continue
    const above = yield* readOrEmpty(sys, `${path.slice(0, path.lastIndexOf('/'))}/${name}`)
    if (above?.trim()) yield* write(sys, `${path}/${name}`, above.trim())
  }
}

function* setCpuset(sys: Sys, path: string, { cpu }: OciResources): Run {
  try {
    if (cpu?.cpus) yield* set(sys, `${path}/cpuset.cpus`, cpu.cpus)
    if (cpu?.mems) yield* set(sys, `${path}/cpuset.mems`, cpu.mems)
  } catch (error) {
    throw error instanceof RuncError ? new RuncError(`unable to apply cgroup configuration: ${error.message}`) : error
  }
}

/** In the order of libcontainer's subsystems. */
const V1_FILES: readonly (readonly [string, string, (r: OciResources) => number | string | undefined])[] = [
  ['cpuset', 'cpuset.cpus', (r) => r.cpu?.cpus],
  ['cpuset', 'cpuset.mems', (r) => r.cpu?.mems],
  ['memory', 'memory.limit_in_bytes', (r) => r.memory?.limit],
  ['memory', 'memory.memsw.limit_in_bytes', (r) => r.memory?.swap || (r.memory?.limit === -1 ? -1 : 0)],
  ['memory', 'memory.soft_limit_in_bytes', (r) => r.memory?.reservation],
  ['cpu', 'cpu.shares', (r) => r.cpu?.shares],
  ['cpu', 'cpu.cfs_quota_us', (r) => r.cpu?.quota],
  ['cpu', 'cpu.rt_period_us', (r) => r.cpu?.realtimePeriod],
  ['cpu', 'cpu.rt_runtime_us', (r) => r.cpu?.realtimeRuntime],
  ['pids', 'pids.max', (r) => (r.pids && r.pids.limit < 0 ? 'max' : r.pids?.limit)],
  ['blkio', 'blkio.bfq.weight', (r) => r.blockIO?.weight],
]

/** cpu.weight of cpu.shares (libcontainer/cgroups ConvertCPUSharesToCgroupV2Value). */
const weight = (shares: number): number => 1 + Math.floor(((shares - 2) * 9999) / 262_142)

const V2_FILES: readonly (readonly [string, (r: OciResources) => number | string | undefined])[] = [
  ['cpu.weight', (r) => (r.cpu?.shares ? weight(r.cpu.shares) : undefined)],
  ['cpu.max', (r) => (r.cpu?.quota || r.cpu?.period ? `${r.cpu.quota && r.cpu.quota > 0 ? r.cpu.quota : 'max'} ${r.cpu.period ?? 100_000}` : undefined)],
  ['memory.max', (r) => r.memory?.limit],
  ['pids.max', (r) => r.pids?.limit],
]

export function* setResources(sys: Sys, paths: Readonly<Record<string, string>>, resources: OciResources): Run {
  const unified = paths['']
  if (unified !== undefined && !paths.memory) {
    for (const [file, value] of V2_FILES) {
      const wanted = value(resources)
      if (wanted !== undefined && wanted !== 0) yield* write(sys, `${unified}/${file}`, String(wanted))
    }
    for (const [file, value] of Object.entries(resources.unified ?? {})) yield* set(sys, `${unified}/${file}`, value)
    return
  }
  if (resources.unified) throw new RuncError('invalid configuration: cannot use unified on cgroup v1')
  const isRaised = yield* raisesMemory(sys, paths.memory, resources)
  for (const [controller, file, value] of isRaised ? SWAP_FIRST : V1_FILES) {
    const path = paths[controller]
    if (file === 'memory.memsw.limit_in_bytes' && path && !sys.access(`${path}/${file}`, { write: true })) continue
    const wanted = value(resources)
    if (file === 'memory.limit_in_bytes' && path && typeof wanted === 'number' && wanted > 0) yield* checkMemory(sys, path, wanted)
    if (file === 'cpu.cfs_quota_us' && path) yield* setPeriodAndQuota(sys, path, resources)
    else if (path && wanted !== undefined && wanted !== 0 && wanted !== '') yield* set(sys, `${path}/${file}`, String(wanted))
    if (file === 'cpu.shares' && path && typeof wanted === 'number' && wanted !== 0) yield* checkShares(sys, path, wanted)
  }
}

/** A period that the kernel refuses is tried again once the quota is written, which may be what it does not fit (fs/cpu.go). */
function* setPeriodAndQuota(sys: Sys, path: string, { cpu }: OciResources): Run {
  const { period = 0, quota = 0 } = cpu ?? {}
  const setPeriod = (): Run => set(sys, `${path}/cpu.cfs_period_us`, String(period))
  let isLate = false
  if (period !== 0) {
    try {
      yield* setPeriod()
    } catch (error) {
      if (quota === 0 || !(error instanceof RuncError)) throw error
      isLate = true
    }
  }
  if (quota !== 0) yield* set(sys, `${path}/cpu.cfs_quota_us`, String(quota))
  if (isLate) yield* setPeriod()
}

const SWAP = V1_FILES.findIndex(([, file]) => file === 'memory.memsw.limit_in_bytes')
const SWAP_FIRST = V1_FILES.slice(SWAP, SWAP + 1).concat(V1_FILES.filter((_, i) => i !== SWAP))

/** Memory may not be above memory and swap together, so what is raised is written the other way about (fs/memory.go setMemoryAndSwap). */
function* raisesMemory(sys: Sys, path: string | undefined, { memory }: OciResources): Run<boolean> {
  if (path === undefined || !memory?.limit) return false
  if (memory.limit === -1 && !memory.swap) return true
  if (!memory.swap) return false
  return memory.swap === -1 || Number(yield* readOrEmpty(sys, `${path}/memory.limit_in_bytes`)) < memory.swap
}

/** The devices of a new container (libcontainer/cgroups/fs/devices.go); version 2 has a program in the kernel instead. */
export function* setDevices(sys: Sys, { devices: path }: Readonly<Record<string, string>>, rules: readonly string[] | undefined): Run {
  if (path === undefined || rules === undefined) return
  yield* set(sys, `${path}/devices.deny`, 'a')
  for (const rule of rules) yield* set(sys, `${path}/devices.allow`, rule)
}

/** Writes a limit; what the kernel refuses is told as libcontainer's cgroups.WriteFile does. */
function* set(sys: Sys, path: string, text: string): Run {
  try {
    yield* write(sys, path, text)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new RuncError(`failed to write ${JSON.stringify(text)}: write ${path}: ${error.message.toLowerCase()}`)
  }
}

/** The kernel takes shares out of range for the nearest in it; runc looks, and complains (libcontainer/cgroups/fs/cpu.go). */
function* checkShares(sys: Sys, path: string, wanted: number): Run {
  const held = Number(yield* readOrEmpty(sys, `${path}/cpu.shares`))
  if (wanted > held) throw new RuncError(`the maximum allowed cpu-shares is ${held}`)
  if (wanted < held) throw new RuncError(`the minimum allowed cpu-shares is ${held}`)
}

/** The kernel refuses a limit below what is used already (libcontainer/cgroups/fs/memory.go). */
function* checkMemory(sys: Sys, path: string, limit: number): Run {
  const used = Number((yield* readOrEmpty(sys, `${path}/memory.usage_in_bytes`)) ?? 0)
  if (limit >= used) return
  const peak = Number((yield* readOrEmpty(sys, `${path}/memory.max_usage_in_bytes`)) ?? 0)
  throw new RuncError(`unable to set memory limit to ${limit} (current usage: ${used}, peak usage: ${peak})`)
}

const freezerFile = (paths: Readonly<Record<string, string>>): { file: string; on: string; off: string } | undefined =>
  paths.freezer ? { file: `${paths.freezer}/freezer.state`, on: 'FROZEN', off: 'THAWED' } : paths[''] && !paths.pids ? { file: `${paths['']}/cgroup.freeze`, on: '1', off: '0' } : undefined

export function* setFrozen(sys: Sys, paths: Readonly<Record<string, string>>, wanted: 'frozen' | 'thawed'): Run {
  const freezer = freezerFile(paths)
  if (freezer) yield* write(sys, freezer.file, wanted === 'frozen' ? freezer.on : freezer.off)
}

export function* frozen(sys: Sys, paths: Readonly<Record<string, string>>): Run<boolean> {
  const freezer = freezerFile(paths)
  return freezer !== undefined && (yield* readOrEmpty(sys, freezer.file))?.trim() === freezer.on
}

/** Pids in a container's group, as the caller sees them. */
export function* pidsOf(sys: Sys, paths: Readonly<Record<string, string>>): Run<number[]> {
  const path = paths.devices ?? paths[''] ?? Object.values(paths)[0]
  if (path === undefined) return []
  const text = (yield* readOrEmpty(sys, `${path}/cgroup.procs`)) ?? ''
  return text.split('\n').filter((l) => l !== '').map(Number)
}

export function removeGroups(sys: Sys, paths: Readonly<Record<string, string>>): void {
  for (const path of Object.values(paths)) {
    try {
      sys.rmdir(path)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  }
}

export function* readOrEmpty(sys: Sys, path: string): Run<string | undefined> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}

function* write(sys: Sys, path: string, text: string): Run {
  const fd = yield* sys.open(path, { write: true })
  try {
    yield* sys.write(fd, encode(text))
  } finally {
    sys.close(fd)
  }
}
