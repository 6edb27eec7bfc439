/**
 * What a node is made of, by the name of its profile: the release of containerd, the version of control groups, who makes them. What was
 * checked for each against which source stands in PROFILES.md beside this file.
 */
export interface Profile {
  /** A key of containerd's RELEASES. */
  readonly containerd: string
  readonly cgroup: 1 | 2
  readonly cgroupDriver: 'cgroupfs' | 'systemd'
}

export const PROFILES = {
  'containerd-1.6': { containerd: '1.6.20', cgroup: 1, cgroupDriver: 'cgroupfs' },
  'containerd-1.7': { containerd: '1.7.28', cgroup: 2, cgroupDriver: 'systemd' },
  'containerd-2': { containerd: '2.2.0', cgroup: 2, cgroupDriver: 'systemd' },
} as const satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof PROFILES
export const PROFILE_NAMES: readonly ProfileName[] = ['containerd-1.6', 'containerd-1.7', 'containerd-2']
