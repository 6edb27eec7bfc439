/** The shim of a single container: the first one for the API of version 2 (containerd runtime/v2/runc/v1). */
import { program } from '../../program'
import { runShim } from '../shim'

export default program({
  threads: 9,
  summary: 'keeps one container: starts it with runc, is its parent, reports its end',
  size: 11_590_224,
  run: (io) => runShim(io, { name: 'containerd-shim-runc-v1', runtime: 'io.containerd.runc.v1' }),
})
