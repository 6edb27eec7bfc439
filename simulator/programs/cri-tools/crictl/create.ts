/** Making a container, after its image was pulled if that is wanted (container.go CreateContainer). */
import type { ContainerConfig, PodSandboxConfig } from '../../../containerd/cri/services'
import type { Run } from '../../../kernel/run'
import { quote } from '../../go/strconv'
import type { Context } from '../../urfave/context'
import { type Cri, imageLog, sandboxLog } from './client'
import { credentialsOf } from './credentials'
import { toldCreate, toldPull } from './told'

export interface CreateRequest {
  readonly pod: string
  readonly config: ContainerConfig
  readonly podConfig: PodSandboxConfig
  readonly pull: 'pull' | 'no-pull'
}

export function* createContainer(context: Context, cri: Cri, { pod, config, podConfig, pull }: CreateRequest): Run<string> {
  if (pull === 'pull') {
    const credentials = credentialsOf(context)
    const image = config.image?.image ?? ''
    yield* cri.call((s) => s.image.pullImage(image, podConfig, credentials), imageLog(171, 'PullImage from image service failed', { image: quote(image) }), toldPull(image, config.image?.annotations ?? {}, credentials, podConfig))
  }
  return yield* cri.call((s) => s.runtime.createContainer(pod, config, podConfig), sandboxLog(302, 'CreateContainer in sandbox', pod), toldCreate(pod, config, podConfig))
}
