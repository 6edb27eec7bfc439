/** The shim between containerd and its containers (containerd runtime/v2/runc/v2). */
import { program } from '../../program'
import { runShim } from '../shim'

export default program({
  threads: 9,
  summary: 'keeps the containers of a pod: starts them with runc, is their parent, reports their end',
  size: 11_615_216,
  run: (io) => runShim(io, { name: 'containerd-shim-runc-v2', runtime: 'io.containerd.runc.v2' }),
})
