/** Resource limits (getrlimit(2)), in the order and units of /proc/PID/limits. `Infinity` is RLIM_INFINITY. */
export interface Rlimit {
  readonly soft: number
  readonly hard: number
}

export interface Rlimits {
  readonly cpu: Rlimit
  readonly fsize: Rlimit
  readonly data: Rlimit
  readonly stack: Rlimit
  readonly core: Rlimit
  readonly rss: Rlimit
  readonly nproc: Rlimit
  readonly nofile: Rlimit
  readonly memlock: Rlimit
  readonly as: Rlimit
  readonly locks: Rlimit
  readonly sigpending: Rlimit
  readonly msgqueue: Rlimit
  readonly nice: Rlimit
  readonly rtprio: Rlimit
  readonly rttime: Rlimit
}

const both = (value: number): Rlimit => ({ soft: value, hard: value })

/** What init has on a Debian 12 node with 24 GiB (recording: cri-node, /proc/1/limits). */
export const DEFAULT_RLIMITS: Rlimits = {
  cpu: both(Infinity), fsize: both(Infinity), data: both(Infinity), stack: { soft: 8388608, hard: Infinity },
  core: { soft: 0, hard: Infinity }, rss: both(Infinity), nproc: both(96364), nofile: { soft: 1024, hard: 1048576 },
  memlock: both(8388608), as: both(Infinity), locks: both(Infinity), sigpending: both(96364), msgqueue: both(819200),
  nice: both(0), rtprio: both(0), rttime: both(Infinity),
}
