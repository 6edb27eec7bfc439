import type { UserNamespace } from './namespaces/simple'

/** Who a task is (credentials(7), capabilities(7)). Sets of capabilities are bit masks as /proc/PID/status shows them. */
export interface Credentials {
  readonly uid: number
  readonly euid: number
  readonly suid: number
  readonly fsuid: number
  readonly gid: number
  readonly egid: number
  readonly sgid: number
  readonly fsgid: number
  readonly groups: readonly number[]
  readonly capInheritable: bigint
  readonly capPermitted: bigint
  readonly capEffective: bigint
  readonly capBounding: bigint
  readonly capAmbient: bigint
  /** The user namespace that the capabilities hold in; undefined: the first, and so everywhere. */
  readonly scope?: UserNamespace | undefined
  readonly noNewPrivs: boolean
  readonly seccomp: 0 | 1 | 2
}

/** Names of capabilities by their bit (capabilities(7), Linux 6.x). */
export const CAPABILITIES = [
  'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL', 'CAP_SETGID',
  'CAP_SETUID', 'CAP_SETPCAP', 'CAP_LINUX_IMMUTABLE', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_ADMIN',
  'CAP_NET_RAW', 'CAP_IPC_LOCK', 'CAP_IPC_OWNER', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE', 'CAP_SYS_PACCT', 'CAP_SYS_ADMIN', 'CAP_SYS_BOOT', 'CAP_SYS_NICE', 'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME', 'CAP_SYS_TTY_CONFIG', 'CAP_MKNOD', 'CAP_LEASE', 'CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP', 'CAP_MAC_OVERRIDE', 'CAP_MAC_ADMIN', 'CAP_SYSLOG', 'CAP_WAKE_ALARM', 'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ', 'CAP_PERFMON', 'CAP_BPF', 'CAP_CHECKPOINT_RESTORE',
] as const

export const ALL_CAPABILITIES = (1n << BigInt(CAPABILITIES.length)) - 1n

/** A mask of named capabilities. */
export const capabilityMask = (names: readonly string[]): bigint =>
  names.reduce((mask, name) => {
    const bit = (CAPABILITIES as readonly string[]).indexOf(name)
    return bit < 0 ? mask : mask | (1n << BigInt(bit))
  }, 0n)

/** root with every capability. */
export const ROOT: Credentials = {
  uid: 0, euid: 0, suid: 0, fsuid: 0, gid: 0, egid: 0, sgid: 0, fsgid: 0, groups: [0],
  capInheritable: 0n, capPermitted: ALL_CAPABILITIES, capEffective: ALL_CAPABILITIES, capBounding: ALL_CAPABILITIES, capAmbient: 0n,
  noNewPrivs: false, seccomp: 0,
}

const BITS: ReadonlyMap<string, bigint> = new Map(CAPABILITIES.map((name, i) => [name, 1n << BigInt(i)]))

/** True when the effective set holds `name`. */
export const capable = (credentials: Credentials, name: (typeof CAPABILITIES)[number]): boolean =>
  credentials.scope === undefined && holds(credentials, name)

/** The same over a file: in a user namespace those whose owner and group have a place there (privileged_wrt_inode_uidgid). */
export const capableOver = (credentials: Credentials, { uid, gid }: { readonly uid: number; readonly gid: number }, name: (typeof CAPABILITIES)[number]): boolean =>
  holds(credentials, name) && (credentials.scope === undefined || (credentials.scope.has('uidMap', uid) && credentials.scope.has('gidMap', gid)))

const holds = (credentials: Credentials, name: string): boolean =>
  credentials.capEffective === ALL_CAPABILITIES || (credentials.capEffective & (BITS.get(name) ?? 0n)) !== 0n

/**
 * True when `name` may be used on what belongs to `owner` (security/commoncap.c, cap_capable): privileges hold in their own user
 * namespace and those below, and who made a namespace has all in it.
 */
export function capableIn(credentials: Credentials, owner: UserNamespace | null, name: (typeof CAPABILITIES)[number]): boolean {
  if (credentials.scope === undefined && holds(credentials, name)) return true
  for (let at = owner; at?.owner; at = at.owner) {
    if (at === credentials.scope) return holds(credentials, name)
    const above = at.owner.isFirst ? undefined : at.owner
    if (above === credentials.scope && at.maker === credentials.euid) return true
  }
  return false
}
