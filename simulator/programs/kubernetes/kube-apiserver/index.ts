/** kube-apiserver: serves the cluster's API on port 6443 of its node (simulator/kubernetes/api). */
import { API_PORT } from '../../../kubernetes/api/client'
import { ApiServer } from '../../../kubernetes/api/server'
import { program } from '../../program'
import { DEFAULT_VERSION, readNodeFile } from '../node-file'

export default program({
  threads: 9,
  paths: ['/usr/local/bin/kube-apiserver'],
  summary: 'the API server of the control plane',
  *run(io) {
    const { sys } = io
    const { version = DEFAULT_VERSION } = yield* readNodeFile(sys)
    const server = new ApiServer(sys, { version, wait: (queue) => sys.waitOn(queue) })
    sys.servePort(API_PORT, server)
    for (;;) yield* sys.sleep(3_600_000_000_000)
  },
})
