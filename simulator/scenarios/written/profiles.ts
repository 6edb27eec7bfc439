/**
 * What a node is made of, by the name of its profile: the release of containerd, the version of control groups, who makes them. What was
 * checked for each against which source stands in PROFILES.md beside this file.
 */
export interface Profile {
  /** A key of containerd's RELEASES. */
  readonly containerd: string
  /** Releases of runc and crictl that a program's note names; '' is that of Debian 12 and of the recordings. */
  readonly runc: string
  readonly crictl: string
  readonly cgroup: 1 | 2
  readonly cgroupDriver: 'cgroupfs' | 'systemd'
}

export const PROFILES = {
  'containerd-1.6': { containerd: '1.6.20', runc: '', crictl: '', cgroup: 1, cgroupDriver: 'cgroupfs' },
  'containerd-1.7': { containerd: '1.7.28', runc: '1.3.0', crictl: '1.29.0', cgroup: 2, cgroupDriver: 'systemd' },
  'containerd-2': { containerd: '2.2.0', runc: '1.3.3', crictl: '1.29.0', cgroup: 2, cgroupDriver: 'systemd' },
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof PROFILES
export const PROFILE_NAMES: readonly ProfileName[] = ['containerd-1.6', 'containerd-1.7', 'containerd-2']
