/** The releases of runc that a node may have, named in the program's note as containerd's are; without a name it is Debian 12's. Each is the one of its containerd's script/setup/runc-version. */
import { ownNote } from '../../kernel/executable'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface RuncRelease {
  /** Releases of one line say the same. */
  readonly line: '1.1' | '1.3'
  readonly version: string
  readonly commit: string
  /** `ociVersion` of what it writes. */
  readonly spec: string
  readonly go: string
}

const DEBIAN: RuncRelease = { line: '1.1', version: '1.1.5+ds1', commit: '1.1.5+ds1-1+deb12u1', spec: '1.0.2-dev', go: 'go1.19.8' }

const RELEASES: Readonly<Record<string, RuncRelease>> = {
  '1.3.0': { line: '1.3', version: '1.3.0', commit: 'v1.3.0-0-g4ca628d1', spec: '1.2.1', go: 'go1.24.4' },
  '1.3.3': { line: '1.3', version: '1.3.3', commit: 'v1.3.3-0-gd842d771', spec: '1.2.1', go: 'go1.24.4' },
}

/** That of the runc that runs. */
export function* ownRunc(sys: Sys): Run<RuncRelease> {
  return RELEASES[(yield* ownNote(sys)).release] ?? DEBIAN
}
