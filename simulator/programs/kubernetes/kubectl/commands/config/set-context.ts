/** kubectl config set-context. */
import { command, Refused } from '../../command'
import { readKubeConfig, writeKubeConfig } from '../../kubeconfig'

export default command({
  flags: ['current'],
  *run(context) {
    const { io, flags } = context
    const config = yield* readKubeConfig(io, flags)
    const name = flags.is('current') ? config['current-context'] : flags.args[0]
    if (!name) throw new Refused('error: Unexpected args: []')
    const old = config.contexts?.find((c) => c.name === name)
    const change = Object.fromEntries((['cluster', 'user', 'namespace'] as const).flatMap((key) => (flags.text(key) === undefined ? [] : [[key, flags.text(key)]])))
    const next = { name, context: { ...old?.context, ...change } }
    yield* writeKubeConfig(context, { ...config, contexts: [...(config.contexts ?? []).filter((c) => c.name !== name), next].sort((a, b) => (a.name < b.name ? -1 : 1)) })
    io.out(`Context "${name}" ${old ? 'modified' : 'created'}.\n`)
  },
})
