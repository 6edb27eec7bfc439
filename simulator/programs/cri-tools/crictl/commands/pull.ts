/** crictl pull: pull an image from a registry, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { string, strings } from '../../../urfave/flag'

export default notSimulated({
  name: 'pull',
  usage: 'Pull an image from a registry',
  args: 'NAME[:TAG|@DIGEST]',
  flags: [
    strings('annotation, a', 'Annotation to be set on the pulled image'),
    string('auth', "Use `AUTH_STRING` for accessing the registry. AUTH_STRING is a base64 encoded 'USERNAME[:PASSWORD]'", { env: 'CRICTL_AUTH' }),
    string('creds', 'Use `USERNAME[:PASSWORD]` for accessing the registry', { env: 'CRICTL_CREDS' }),
    string('pod-config', 'Use `pod-config.[json|yaml]` to override the the pull context'),
    string('username, u', 'Use `USERNAME` for accessing the registry. The password will be requested on the command line'),
  ],
  shortOptions: 'joined',
})
