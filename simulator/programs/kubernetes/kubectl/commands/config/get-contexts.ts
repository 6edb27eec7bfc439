/** kubectl config get-contexts. */
import { command, Refused } from '../../command'
import { configTable } from '../../config-table'
import { readKubeConfig } from '../../kubeconfig'

export default command({
  flags: ['output', 'no-headers'],
  *run(context) {
    const { io, flags } = context
    const config = yield* readKubeConfig(io, flags)
    const names = flags.args
    const found = (config.contexts ?? []).filter((c) => names.length === 0 || names.includes(c.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
    if (flags.text('output') === 'name') return io.out(found.map((c) => `${c.name}\n`).join(''))
    const rows = found.map(({ name, context = {} }) => [name === config['current-context'] ? '*' : '', name, context.cluster ?? '', context.user ?? '', context.namespace ?? ''])
    io.out(configTable([...(flags.is('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]), ...rows]))
    const missing = names.filter((name) => !config.contexts?.some((c) => c.name === name))
    if (missing.length > 0) throw new Refused(`error: context ${missing[0]} not found`)
  },
})
