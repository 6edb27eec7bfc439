/** kubelet: starts with the flags and files of its node (kubelet(1)); what it does is in simulator/kubernetes/kubelet. */
import { decode } from '../../../kernel/bytes'
import { runKubelet } from '../../../kubernetes/kubelet/kubelet'
import { program } from '../../program'
import { DEFAULT_VERSION, readNodeFile } from '../node-file'
import { parseYaml } from '../plain'

interface KubeConfig {
  readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[]
}

const flag = (args: readonly string[], name: string): string | undefined => args.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3)

export default program({
  threads: 11,
  summary: 'the agent of a node: runs the pods that the API server assigns to it',
  memory: { vmSize: 1_935_440, vmRSS: 98_112 },
  *run(io) {
    const { sys } = io
    const kubeconfig = (yield* parseYaml(decode(yield* sys.readFile(flag(io.args, 'kubeconfig') ?? '/etc/kubernetes/kubelet.conf')))) as KubeConfig
    const server = kubeconfig.clusters?.[0]?.cluster?.server ?? ''
    const node = yield* readNodeFile(sys)
    const file = flag(io.args, 'config')
    const settings = file && sys.access(file, { read: true }) ? ((yield* parseYaml(decode(yield* sys.readFile(file)))) as { cgroupDriver?: string } | null) : null
    yield* runKubelet(sys, {
      cgroupDriver: settings?.cgroupDriver === 'systemd' ? 'systemd' : 'cgroupfs',
      nodeName: flag(io.args, 'hostname-override') ?? sys.uname().nodename, nodeIP: flag(io.args, 'node-ip') ?? node.nodeIP ?? '127.0.0.1',
      apiServer: /\/\/([^:/]+)/.exec(server)?.[1] ?? '127.0.0.1', version: node.version ?? DEFAULT_VERSION, runtimeVersion: node.runtimeVersion ?? 'containerd://1.6.20',
      labels: node.labels ?? {}, taints: node.taints,
    })
  },
})
