/** Who a task is: ids, privileges, names of the machine, limits (credentials(7), getrlimit(2), uname(2)). */
import { capable, capableIn, type Credentials } from '../credentials'
import { Errno } from '../errno'
import type { Rlimits } from '../rlimits'
import type { Utsname } from '../sys'
import { TimeCalls } from './time'

export abstract class IdentityCalls extends TimeCalls {
  get pid(): number {
    return this.task.pid
  }
  get ppid(): number {
    return this.task.parent?.pidIn(this.task.ns.pid) ?? 0
  }
  get argv(): readonly string[] {
    return this.task.argv
  }
  get env(): ReadonlyMap<string, string> {
    return this.task.env
  }
  get credentials(): Credentials {
    const own = this.task.credentials
    const { user } = this.task.ns
    if (user.isFirst) return own
    const uid = (id: number): number => user.shown('uidMap', id)
    const gid = (id: number): number => user.shown('gidMap', id)
    return {
      ...own, uid: uid(own.uid), euid: uid(own.euid), suid: uid(own.suid), fsuid: uid(own.fsuid),
      gid: gid(own.gid), egid: gid(own.egid), sgid: gid(own.sgid), fsgid: gid(own.fsgid), groups: own.groups.map(gid),
    }
  }
  /** Ids of the caller's user namespace as the machine's. EINVAL for one that has no place in its maps. */
  private realIds(next: Partial<Credentials>): Partial<Credentials> {
    const { user } = this.task.ns
    if (user.isFirst) return next
    const real = (kind: 'uidMap' | 'gidMap', id: number): number => {
      const found = user.real(kind, id)
      if (found === undefined) throw new Errno('EINVAL')
      return found
    }
    const out: { -readonly [K in keyof Credentials]?: Credentials[K] } = { ...next }
    for (const name of ['uid', 'euid', 'suid', 'fsuid'] as const) if (next[name] !== undefined) out[name] = real('uidMap', next[name])
    for (const name of ['gid', 'egid', 'sgid', 'fsgid'] as const) if (next[name] !== undefined) out[name] = real('gidMap', next[name])
    if (next.groups) {
      if (user.setgroups === 'deny') throw new Errno('EPERM')
      out.groups = next.groups.map((id) => real('gidMap', id))
    }
    return out
  }
  setCredentials(wanted: Partial<Credentials>): void {
    const now = this.task.credentials
    const next = this.realIds(wanted)
    const ids = [next.uid, next.euid, next.suid, next.fsuid].filter((id): id is number => id !== undefined)
    if (ids.some((id) => ![now.uid, now.euid, now.suid].includes(id)) && !capableIn(now, this.task.ns.user, 'CAP_SETUID')) throw new Errno('EPERM')
    const groups = [next.gid, next.egid, next.sgid, next.fsgid].filter((id): id is number => id !== undefined)
    if ((groups.some((id) => ![now.gid, now.egid, now.sgid].includes(id)) || next.groups) && !capableIn(now, this.task.ns.user, 'CAP_SETGID')) throw new Errno('EPERM')
    this.task.credentials = { ...now, ...next, ...this.capabilitiesAfter(now, next) }
  }
  /** Sets of capabilities as capset(2) and prctl(2) allow them; without any given, what changed user ids leave (capabilities(7), "Effect of user ID changes"). */
  private capabilitiesAfter(now: Credentials, next: Partial<Credentials>): Partial<Credentials> {
    const { capPermitted = now.capPermitted, capEffective = now.capEffective, capInheritable = now.capInheritable, capBounding = now.capBounding, capAmbient = now.capAmbient } = next
    const mayAll = capableIn(now, this.task.ns.user, 'CAP_SETPCAP')
    const within = (set: bigint, limit: bigint): boolean => (set & ~limit) === 0n
    if (!within(capPermitted, now.capPermitted) || !within(capEffective, capPermitted)) throw new Errno('EPERM')
    if (!within(capInheritable, now.capInheritable | (mayAll ? now.capBounding : now.capPermitted))) throw new Errno('EPERM')
    if (capBounding !== now.capBounding && !(mayAll && within(capBounding, now.capBounding))) throw new Errno('EPERM')
    if (!within(next.capAmbient ?? 0n, capPermitted & capInheritable)) throw new Errno('EPERM')
    const kept = { capAmbient: capAmbient & capPermitted & capInheritable }
    if (next.capPermitted !== undefined || next.capEffective !== undefined) return kept
    const { user } = this.task.ns
    const isRoot = (id: number): boolean => user.shown('uidMap', id) === 0
    const before = [now.uid, now.euid, now.suid]
    const after = { ...now, ...next }
    if (before.some(isRoot) && ![after.uid, after.euid, after.suid].some(isRoot)) return { capPermitted: 0n, capEffective: 0n, capAmbient: 0n }
    if (isRoot(now.euid) && !isRoot(after.euid)) return { ...kept, capEffective: 0n }
    if (!isRoot(now.euid) && isRoot(after.euid)) return { ...kept, capEffective: now.capPermitted }
    return kept
  }
  uname(): Utsname {
    const { kernel, ns } = this.task
    return { sysname: 'Linux', nodename: ns.uts.hostname, release: kernel.release, version: kernel.version, machine: 'x86_64', domainname: ns.uts.domainname }
  }
  setHostname(name: string): void {
    this.needs('CAP_SYS_ADMIN', this.task.ns.uts.owner)
    if (name.length > 64) throw new Errno('EINVAL')
    this.task.ns.uts.hostname = name
  }
  setDomainname(name: string): void {
    this.needs('CAP_SYS_ADMIN', this.task.ns.uts.owner)
    if (name.length > 64) throw new Errno('EINVAL')
    this.task.ns.uts.domainname = name
  }
  getRlimits(): Rlimits {
    return this.task.rlimits
  }
  setRlimit(name: keyof Rlimits, soft: number, hard: number): void {
    if (soft > hard) throw new Errno('EINVAL')
    if (hard > this.task.rlimits[name].hard) this.needs('CAP_SYS_RESOURCE')
    this.task.rlimits = { ...this.task.rlimits, [name]: { soft, hard } }
  }
  getNice(): number {
    return this.task.nice
  }
  setNice(value: number, pid = 0): void {
    const target = this.find(pid)
    const nice = Math.max(-20, Math.min(19, value))
    if (nice < target.nice && !capable(this.task.credentials, 'CAP_SYS_NICE')) throw new Errno('EACCES')
    target.nice = nice
  }
  umask(mask?: number): number {
    const old = this.task.umask
    if (mask !== undefined) this.task.umask = mask & 0o777
    return old
  }
}
