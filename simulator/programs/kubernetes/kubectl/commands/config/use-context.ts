/** kubectl config use-context. */
import { command, Refused } from '../../command'
import { readKubeConfig, writeKubeConfig } from '../../kubeconfig'

export default command({
  flags: [],
  *run(context) {
    const { io, flags } = context
    const config = yield* readKubeConfig(io, flags)
    const name = flags.args[0]
    if (name === undefined || flags.args.length > 1) {
      io.out(yield* context.release.help('config use-context'))
      throw new Refused(`error: Unexpected args: [${flags.args.join(' ')}]`)
    }
    if (!config.contexts?.some((c) => c.name === name)) throw new Refused(`error: no context exists with the name: "${name}"`)
    yield* writeKubeConfig(context, { ...config, 'current-context': name })
    io.out(`Switched to context "${name}".\n`)
  },
})
