/** containerd oci-hook: runs a program with what a hook is told put into its arguments (cmd/containerd/command/oci-hook.go). */
import { notSimulated } from '../../../urfave/command'

export default notSimulated({
  name: 'oci-hook',
  usage: 'provides a base for OCI runtime hooks to allow arguments to be injected.',
})
