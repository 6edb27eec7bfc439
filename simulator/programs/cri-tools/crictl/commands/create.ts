/** crictl create: create a new container, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, duration, string } from '../../../urfave/flag'
import { Failure } from '../../../urfave/context'
import { connect, reason } from '../client'
import { loadContainerConfig, loadPodConfig } from '../configs'
import { createContainer } from '../create'
import { loadConfig } from '../settings'

export default command({
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
  *run(context) {
    const { sys } = context
    if (context.args.length !== 3) return context.showHelp()
    const [pod = '', containerFile = '', podFile = ''] = context.args
    if (context.bool('no-pull') && context.bool('with-pull')) throw new Failure('confict: no-pull and with-pull are both set')
    const withPull = context.bool('with-pull') || (!context.bool('no-pull') && (yield* loadConfig(context))?.get('pull-image-on-create') === 'true')
    const cri = yield* connect(context, ...(withPull ? (['image', 'runtime'] as const) : (['runtime'] as const)))
    try {
      const config = yield* loadContainerConfig(sys, containerFile)
      const podConfig = podFile === '' ? {} : yield* loadPodConfig(sys, podFile)
      context.io.out(`${yield* createContainer(context, cri, { pod, config, podConfig, pull: withPull ? 'pull' : 'no-pull' })}\n`)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new Failure(`creating container: ${reason(error)}`)
    }
  },
})
