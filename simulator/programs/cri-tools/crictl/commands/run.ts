/** crictl run: run a new container inside a sandbox, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, duration, string } from '../../../urfave/flag'
import type { Run } from '../../../../kernel/run'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, containerLog, plainLog, reason } from '../client'
import { loadContainerConfig, loadPodConfig } from '../configs'
import { createContainer } from '../create'
import { loadConfig } from '../settings'
import { toldRunPod } from '../told'

export default command({
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
  *run(context) {
    const { sys } = context
    if (context.args.length !== 2) return context.showHelp()
    const [containerFile = '', podFile = ''] = context.args
    if (context.bool('no-pull') && context.bool('with-pull')) throw new Failure('confict: no-pull and with-pull are both set')
    const withPull = context.bool('with-pull') || (!context.bool('no-pull') && (yield* loadConfig(context))?.get('disable-pull-on-run') !== 'true')
    const cri = yield* connect(context, ...(withPull ? (['image', 'runtime'] as const) : (['runtime'] as const)))
    const named = function* <T>(sentence: string, work: () => Run<T>): Run<T> {
      try {
        return yield* work()
      } catch (error) {
        if (!(error instanceof Error)) throw error
        throw new Failure(`running container: ${sentence}: ${reason(error)}`)
      }
    }
    const handler = context.string('runtime')
    const podConfig = yield* named('load podSandboxConfig', () => loadPodConfig(sys, podFile))
    const pod = yield* named('run pod sandbox', () => cri.call((s) => s.runtime.runPodSandbox(podConfig, handler), plainLog(176, 'RunPodSandbox'), toldRunPod(podConfig, handler)))
    const id = yield* named('creating container failed', function* () {
      const config = yield* loadContainerConfig(sys, containerFile)
      return yield* createContainer(context, cri, { pod, config, podConfig, pull: withPull ? 'pull' : 'no-pull' })
    })
    yield* named(`starting the container ${quote(id)}`, () => cri.call((s) => s.runtime.startContainer(id), containerLog(326, 'StartContainer', id)))
    context.io.out(`${id}\n`)
  },
})
