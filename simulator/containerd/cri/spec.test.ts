/** The specifications of every recorded container, made anew from its CRI configuration and image, equal the recorded ones byte for byte. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decode } from '../../kernel/bytes'
import { fromBase64 } from '../base64'
import type { ImageConfig, OciSpec } from '../oci/types'
import type { ContainerConfig, PodSandboxConfig } from './services'
import { containerSpec, sandboxSpec } from './spec'
import { CAPABILITIES } from '../../kernel/credentials'

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
  const oomScoreAdj = recorded.Spec.process?.oomScoreAdj ?? 0
  if (recorded.Labels['io.cri-containerd.kind'] === 'sandbox') {
    expect(JSON.stringify(sandboxSpec({ ociVersion: recorded.Spec.ociVersion, id, config: metadata.Config, image, netnsPath: metadata.NetNSPath, oomScoreAdj }), null, 1)).toBe(JSON.stringify(recorded.Spec, null, 1))
    return
  }
  const sandbox = metadataOf(metadata.SandboxID).Config
  const made = containerSpec({
    ociVersion: recorded.Spec.ociVersion, cgroups: 'per-controller', swap: 'counted', capabilities: CAPABILITIES, id, sandboxId: metadata.SandboxID, sandboxPid: capture.runc[metadata.SandboxID]?.pid ?? 0, config: metadata.Config, sandboxConfig: sandbox, image, imageName: recorded.Image, user: null,
    hostname: sandbox.hostname || 'node01', oomScoreAdj,
  })
  expect(JSON.stringify(made, null, 1)).toBe(JSON.stringify(recorded.Spec, null, 1))
})
