/** kube-apiserver: serves the cluster's API on port 6443 of its node (simulator/kubernetes/api). */
import { API_PORT } from '../../../kubernetes/api/client'
import { ApiServer } from '../../../kubernetes/api/server'
import { program } from '../../program'

const flag = (args: readonly string[], name: string): string | undefined => args.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3)

export default program({
  threads: 9,
  paths: ['/usr/local/bin/kube-apiserver'],
  summary: 'the API server of the control plane',
  *run(io) {
    const { sys } = io
    const server = new ApiServer(sys, { version: flag(io.args, 'lab-version') ?? 'v1.27.1', wait: (queue) => sys.waitOn(queue) })
    sys.servePort(API_PORT, server)
    for (;;) yield* sys.sleep(3_600_000_000_000)
  },
})
