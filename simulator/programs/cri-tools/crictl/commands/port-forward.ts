/** crictl port-forward: forward local port to a pod, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'

export default notSimulated({
  name: 'port-forward',
  usage: 'Forward local port to a pod',
  args: 'POD-ID [LOCAL_PORT:]REMOTE_PORT',
})
