/** What a kubeadm installation keeps of a node, as far as its daemons are told by no flag: the lab's scenarios write it. */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { parseYaml } from './plain'

export interface NodeFile {
  readonly version?: string
  /** The release of kubectl, where it is not that of the cluster. */
  readonly kubectl?: string
  readonly runtimeVersion?: string
  readonly nodeIP?: string
  readonly labels?: Record<string, string>
  readonly taints?: { key: string; value?: string; effect: string }[]
}

export function* readNodeFile(sys: Sys): Run<NodeFile> {
  return (yield* parseYaml(decode(yield* sys.readFile('/var/lib/kubelet/node.yaml')))) as NodeFile
}

/** Where none says otherwise. */
export const DEFAULT_VERSION = 'v1.27.1'
