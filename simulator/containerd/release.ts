/**
 * The releases of containerd that a node may have. An executable's note may name one after its program's id (`containerd/containerd@2.2.0`);
 * without it is Debian 12's. Sources: version/version.go, go.mod (runtime-spec) and pkg|internal/cri/config of the tags.
 */
import { ownNote } from '../kernel/executable'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'

export interface Release {
  /** Releases of one line offer the same commands and plugins. */
  readonly line: '1.6' | '1.7' | '2'
  readonly version: string
  readonly revision: string
  /** As `--version` names the program. */
  readonly module: string
  /** `ociVersion` of the specifications that it writes. */
  readonly oci: string
  readonly sandboxImage: string
  /** The Go release that it was built with. */
  readonly go: string
  /** Runtime plugins, each with directories of its own. */
  readonly runtimes: readonly string[]
}

export const DEBIAN: Release = {
  line: '1.6', version: '1.6.20~ds1', revision: '1.6.20~ds1-1+deb12u3', module: 'github.com/containerd/containerd', oci: '1.0.2-dev', sandboxImage: 'registry.k8s.io/pause:3.6', go: 'go1.19.8',
  runtimes: ['v1.linux', 'v2.task'],
}

/** By what stands after the `@`. */
export const RELEASES = {
  '1.6.20': DEBIAN,
  '1.7.28': {
    line: '1.7', version: 'v1.7.28', revision: 'b98a3aace656320842a23f4a392a33f46af97866', module: 'github.com/containerd/containerd', oci: '1.1.0', sandboxImage: 'registry.k8s.io/pause:3.8', go: 'go1.23.11',
    runtimes: ['v1.linux', 'v2.task'],
  },
  '2.2.0': {
    line: '2', version: 'v2.2.0', revision: '1c4457e00facac03ce1d75f7b6777a7a851e5c41', module: 'github.com/containerd/containerd/v2', oci: '1.2.1', sandboxImage: 'registry.k8s.io/pause:3.10.1', go: 'go1.24.9',
    runtimes: ['v2.task'],
  },
} as const satisfies Readonly<Record<string, Release>>

const isReleased = (name: string): name is keyof typeof RELEASES => name in RELEASES

/** The release of the program that runs. */
export function* ownRelease(sys: Sys): Run<Release> {
  const { release } = yield* ownNote(sys)
  return isReleased(release) ? RELEASES[release] : DEBIAN
}
