/** crictl runp: run a new pod, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { duration, string } from '../../../urfave/flag'

export default notSimulated({
  name: 'runp',
  usage: 'Run a new pod',
  args: 'pod-config.[json|yaml]',
  flags: [
    duration('cancel-timeout, T', 'Seconds to wait for a run pod sandbox request to complete before cancelling the request'),
    string('runtime, r', 'Runtime handler to use. Available options are defined by the container runtime.'),
  ],
})
