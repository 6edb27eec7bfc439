/** What the parts of a kubelet share. */
import type { CriServices } from '../../containerd/cri/services'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { ApiServer } from '../api/server'
import type { CgroupDriver } from './config'
import type { ImageManager } from './images'
import type { StatusManager } from './status-manager'

export interface KubeletContext {
  readonly sys: Sys
  readonly nodeName: string
  readonly nodeIP: string
  readonly cgroupDriver: CgroupDriver
  readonly api: <T>(work: (api: ApiServer) => Run<T>) => Run<T>
  readonly cri: <T>(work: (cri: CriServices) => Run<T>) => Run<T>
  readonly images: ImageManager
  readonly statuses: StatusManager
}
