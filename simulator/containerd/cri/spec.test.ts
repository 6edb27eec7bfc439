/** The specifications of every recorded container, made anew from its CRI configuration and image, equal the recorded ones byte for byte. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DEBIAN } from '../release'
import { decode } from '../../kernel/bytes'
import { fromBase64 } from '../../kernel/base64'
import type { ImageConfig, OciSpec } from '../oci/types'
import type { ContainerConfig, PodSandboxConfig } from './services'
import { bootTestNode } from '../../testing/node'
import { CAPABILITIES } from '../../kernel/credentials'
import { boundMounts, chosenDevices } from './mounts'
import { readSeccomp, seccompOf } from './security'
import { containerSpec, sandboxSpec } from './spec'
import { containerUser, sandboxUser } from './user'

interface Recorded {
  readonly Labels: Record<string, string>
  readonly Image: string
  readonly Extensions: Record<string, { value: string }>
  readonly Spec: OciSpec
}
interface Metadata {
  readonly Config: PodSandboxConfig & ContainerConfig
  readonly SandboxID: string
  readonly ImageRef: string
  readonly NetNSPath: string
}

const capture: { containerd: { containers: Record<string, Recorded>; blobs: Record<string, string>; images: string }; runc: Record<string, { pid: number }> } = JSON.parse(
  readFileSync(new URL('../../../content/recordings/cri-node/capture.json', import.meta.url), 'utf8'),
)
const { containers, blobs, images } = capture.containerd

/** The node's files play no part: a host's path that is missing is made. */
const node = bootTestNode()

const metadataOf = (id: string): Metadata => {
  const [extension] = Object.values(containers[id]?.Extensions ?? {})
  return JSON.parse(decode(fromBase64(extension?.value ?? ''))).Metadata
}
const imageOf = (name: string): ImageConfig => {
  const digest = images.split('\n').find((l) => l.startsWith(`${name} `))?.split(/\s+/)[2] ?? ''
  return JSON.parse(blobs[JSON.parse(blobs[digest] ?? '{}').config.digest] ?? '{}')
}

test.each(Object.entries(containers).map(([id, c]) => [c.Labels['io.kubernetes.pod.name'], c.Labels['io.kubernetes.container.name'] ?? 'pause', id]))('%s/%s', (_pod, _container, id) => {
  const recorded = containers[id ?? '']
  if (!recorded || !id) throw new Error('not recorded')
  const metadata = metadataOf(id)
  const image = imageOf(recorded.Image)
  const { ociVersion } = recorded.Spec
  const common = { ociVersion, release: DEBIAN, id, image, oomScoreAdj: recorded.Spec.process?.oomScoreAdj ?? 0 }
  let made: OciSpec | undefined
  node.main(function* (sys) {
    const security = metadata.Config.linux?.security_context ?? {}
    const seccomp = yield* readSeccomp(sys, seccompOf(security))
    if (recorded.Labels['io.cri-containerd.kind'] === 'sandbox') {
      made = sandboxSpec({ ...common, imageName: recorded.Image, config: metadata.Config, netnsPath: metadata.NetNSPath, user: yield* sandboxUser(sys, [], security, image.config?.User ?? ''), seccomp })
      return 0
    }
    const sandboxConfig = metadataOf(metadata.SandboxID).Config
    const sandboxPid = capture.runc[metadata.SandboxID]?.pid ?? 0
    made = containerSpec({
      ...common, cgroups: 'per-controller', swap: 'counted', capabilities: CAPABILITIES, sandboxId: metadata.SandboxID, sandboxPid, targetPid: sandboxPid, config: metadata.Config, sandboxConfig,
      imageName: recorded.Image, user: yield* containerUser(sys, [], security, image.config?.User ?? ''), seccomp, bound: yield* boundMounts(sys, metadata.Config, metadata.SandboxID, []),
      devices: chosenDevices(sys, metadata.Config), hostname: sandboxConfig.hostname || 'node01',
    })
    return 0
  })
  expect(JSON.stringify(made, null, 1)).toBe(JSON.stringify(recorded.Spec, null, 1))
})
