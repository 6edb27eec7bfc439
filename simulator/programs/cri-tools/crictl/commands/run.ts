/** crictl run: run a new container inside a sandbox, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, duration, string } from '../../../urfave/flag'

export default notSimulated({
  name: 'run',
  usage: 'Run a new container inside a sandbox',
  args: 'container-config.[json|yaml] pod-config.[json|yaml]',
  flags: [
    string('auth', "Use `AUTH_STRING` for accessing the registry. AUTH_STRING is a base64 encoded 'USERNAME[:PASSWORD]'"),
    string('creds', 'Use `USERNAME[:PASSWORD]` for accessing the registry'),
    bool('no-pull', 'Do not pull the image (overrides disable-pull-on-run=false in config)'),
    string('runtime, r', 'Runtime handler to use. Available options are defined by the container runtime.'),
    duration('timeout, t', 'Seconds to wait for a container create request before cancelling the request'),
    string('username', 'Use `USERNAME` for accessing the registry. password will be requested'),
    bool('with-pull', 'Pull the image (overrides disable-pull-on-run=true in config)'),
  ],
})
