/** crictl pull: pull an image from a registry, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { string, strings } from '../../../urfave/flag'
import type { PodSandboxConfig } from '../../../../containerd/cri/services'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, imageLog, reason } from '../client'
import { loadPodConfig } from '../configs'
import { credentialsOf } from '../credentials'
import { labelFilter } from '../show'
import { toldPull } from '../told'

export default command({
  name: 'pull',
  usage: 'Pull an image from a registry',
  args: 'NAME[:TAG|@DIGEST]',
  flags: [
    strings('annotation, a', 'Annotation to be set on the pulled image'),
    string('auth', "Use `AUTH_STRING` for accessing the registry. AUTH_STRING is a base64 encoded 'USERNAME[:PASSWORD]'", { env: 'CRICTL_AUTH' }),
    string('creds', 'Use `USERNAME[:PASSWORD]` for accessing the registry', { env: 'CRICTL_CREDS' }),
    string('pod-config', 'Use `pod-config.[json|yaml]` to override the the pull context', { file: 'file' }),
    string('username, u', 'Use `USERNAME` for accessing the registry. The password will be requested on the command line'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const image = context.arg(0)
    if (image === '') return context.showHelp()
    const cri = yield* connect(context, 'image')
    const credentials = credentialsOf(context)
    let podConfig: PodSandboxConfig | undefined
    if (context.isSet('pod-config')) {
      try {
        podConfig = yield* loadPodConfig(context.sys, context.string('pod-config'))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        throw new Failure(`load podSandboxConfig: ${error.message}`)
      }
    }
    const annotations = labelFilter(context.strings('annotation'))
    try {
      const reference = yield* cri.call((s) => s.image.pullImage(image, podConfig, credentials), imageLog(171, 'PullImage from image service failed', { image: quote(image) }), toldPull(image, annotations, credentials, podConfig))
      context.io.out(`Image is up to date for ${reference}\n`)
    } catch (error) {
      if (!isGrpc(error)) throw error
      throw new Failure(`pulling image: ${reason(error)}`)
    }
  },
})
