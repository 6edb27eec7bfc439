/** crictl create: create a new container, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool, duration, string } from '../../../urfave/flag'

export default notSimulated({
  name: 'create',
  usage: 'Create a new container',
  args: 'POD container-config.[json|yaml] pod-config.[json|yaml]',
  flags: [
    string('auth', "Use `AUTH_STRING` for accessing the registry. AUTH_STRING is a base64 encoded 'USERNAME[:PASSWORD]'"),
    duration('cancel-timeout, T', 'Seconds to wait for a container create request to complete before cancelling the request'),
    string('creds', 'Use `USERNAME[:PASSWORD]` for accessing the registry'),
    bool('no-pull', 'Do not pull the image on container creation (overrides pull-image-on-create=true in config)'),
    string('username', 'Use `USERNAME` for accessing the registry. The password will be requested on the command line'),
    bool('with-pull', 'Pull the image on container creation (overrides pull-image-on-create=false in config)'),
  ],
})
