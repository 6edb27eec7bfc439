/** What runc was built with and knows, as `runc features` tells it (features.go): 1.1.5 of Debian 12, and what later ones tell besides. */
import type { RuncRelease } from '../../../containerd/runc/release'

const FEATURES_1_1 = {
  ociVersionMin: '1.0.0',
  ociVersionMax: '1.0.2-dev',
  hooks: ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'],
  mountOptions: [
    'acl', 'async', 'atime', 'bind', 'defaults', 'dev', 'diratime', 'dirsync', 'exec', 'iversion', 'lazytime', 'loud', 'mand', 'noacl',
    'noatime', 'nodev', 'nodiratime', 'noexec', 'noiversion', 'nolazytime', 'nomand', 'norelatime', 'nostrictatime', 'nosuid',
    'nosymfollow', 'private', 'ratime', 'rbind', 'rdev', 'rdiratime', 'relatime', 'remount', 'rexec', 'rnoatime', 'rnodev', 'rnodiratime',
    'rnoexec', 'rnorelatime', 'rnostrictatime', 'rnosuid', 'rnosymfollow', 'ro', 'rprivate', 'rrelatime', 'rro', 'rrw', 'rshared',
    'rslave', 'rstrictatime', 'rsuid', 'rsymfollow', 'runbindable', 'rw', 'shared', 'silent', 'slave', 'strictatime', 'suid', 'symfollow',
    'sync', 'tmpcopyup', 'unbindable',
  ],
  linux: {
    namespaces: ['cgroup', 'ipc', 'mount', 'network', 'pid', 'user', 'uts'],
    capabilities: [
      'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL', 'CAP_SETGID', 'CAP_SETUID',
      'CAP_SETPCAP', 'CAP_LINUX_IMMUTABLE', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_IPC_LOCK',
      'CAP_IPC_OWNER', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_CHROOT', 'CAP_SYS_PTRACE', 'CAP_SYS_PACCT', 'CAP_SYS_ADMIN',
      'CAP_SYS_BOOT', 'CAP_SYS_NICE', 'CAP_SYS_RESOURCE', 'CAP_SYS_TIME', 'CAP_SYS_TTY_CONFIG', 'CAP_MKNOD', 'CAP_LEASE',
      'CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL', 'CAP_SETFCAP', 'CAP_MAC_OVERRIDE', 'CAP_MAC_ADMIN', 'CAP_SYSLOG', 'CAP_WAKE_ALARM',
      'CAP_BLOCK_SUSPEND', 'CAP_AUDIT_READ', 'CAP_PERFMON', 'CAP_BPF', 'CAP_CHECKPOINT_RESTORE',
    ],
    cgroup: {
      v1: true,
      v2: true,
      systemd: true,
      systemdUser: true,
    },
    seccomp: {
      enabled: true,
      actions: [
        'SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_LOG',
        'SCMP_ACT_NOTIFY', 'SCMP_ACT_TRACE', 'SCMP_ACT_TRAP',
      ],
      operators: ['SCMP_CMP_EQ', 'SCMP_CMP_GE', 'SCMP_CMP_GT', 'SCMP_CMP_LE', 'SCMP_CMP_LT', 'SCMP_CMP_MASKED_EQ', 'SCMP_CMP_NE'],
      archs: [
        'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM', 'SCMP_ARCH_MIPS', 'SCMP_ARCH_MIPS64', 'SCMP_ARCH_MIPS64N32', 'SCMP_ARCH_MIPSEL',
        'SCMP_ARCH_MIPSEL64', 'SCMP_ARCH_MIPSEL64N32', 'SCMP_ARCH_PPC', 'SCMP_ARCH_PPC64', 'SCMP_ARCH_PPC64LE', 'SCMP_ARCH_S390',
        'SCMP_ARCH_S390X', 'SCMP_ARCH_X32', 'SCMP_ARCH_X86', 'SCMP_ARCH_X86_64',
      ],
    },
    apparmor: {
      enabled: true,
    },
    selinux: {
      enabled: true,
    },
  },
  annotations: {
    'io.github.seccomp.libseccomp.version': '2.5.4',
    'org.opencontainers.runc.checkpoint.enabled': 'true',
    'org.opencontainers.runc.commit': '1.1.5+ds1-1+deb12u1',
    'org.opencontainers.runc.version': '1.1.5+ds1',
  },
}

/** Options that 1.3 no longer names. */
const GONE = ['acl', 'noacl']
const FILTER_FLAGS = ['SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW', 'SECCOMP_FILTER_FLAG_LOG']

export function featuresOf({ line, version, commit, spec }: RuncRelease): object {
  if (line === '1.1') return FEATURES_1_1
  const { linux, annotations, mountOptions } = FEATURES_1_1
  const { seccomp } = linux
  return {
    ...FEATURES_1_1,
    ociVersionMax: spec,
    mountOptions: mountOptions.filter((option) => !GONE.includes(option)),
    linux: {
      ...linux,
      namespaces: [...linux.namespaces, 'time'].sort(),
      cgroup: { ...linux.cgroup, rdma: true },
      seccomp: { ...seccomp, archs: [...seccomp.archs, 'SCMP_ARCH_RISCV64'].sort(), knownFlags: FILTER_FLAGS, supportedFlags: FILTER_FLAGS },
      intelRdt: { enabled: true },
      mountExtensions: { idmap: { enabled: true } },
    },
    annotations: { ...annotations, 'org.opencontainers.runc.commit': commit, 'org.opencontainers.runc.version': version },
    potentiallyUnsafeConfigAnnotations: ['bundle', 'org.systemd.property.', 'org.criu.config'],
  }
}
