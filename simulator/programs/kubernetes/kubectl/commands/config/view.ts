/** kubectl config view: the kubeconfig file, without what is secret (pkg/cmd/config/view.go). */
import { command, Refused } from '../../command'
import { readKubeConfig } from '../../kubeconfig'
import { toJson, toYaml } from '../../output'

/** Data of certificates and keys is not shown. */
const SECRET: Readonly<Record<string, string>> = { 'certificate-authority-data': 'DATA+OMITTED', 'client-certificate-data': 'REDACTED', 'client-key-data': 'REDACTED', token: 'REDACTED', password: 'REDACTED' }
const hidden = (values: Record<string, unknown> = {}): Record<string, unknown> => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, SECRET[key] ?? value]))


export default command({
  flags: ['minify', 'raw', 'output', 'flatten', 'merge'],
  *run({ io, flags }) {
    const config = yield* readKubeConfig(io, flags)
    const isMinified = flags.is('minify')
    const current = config.contexts?.find((c) => c.name === (flags.text('context') ?? config['current-context']))
    if (isMinified && !current) throw new Refused('error: current-context must exist in order to minify')
    const keep = (name: string, wanted: string | undefined): boolean => !isMinified || name === wanted
    const clean = (values: Record<string, unknown> | undefined): Record<string, unknown> => (flags.is('raw') ? (values ?? {}) : hidden(values))
    const shown = {
      apiVersion: 'v1',
      clusters: (config.clusters ?? []).filter((c) => keep(c.name, current?.context?.cluster)).map((c) => ({ cluster: clean(c.cluster), name: c.name })),
      contexts: (config.contexts ?? []).filter((c) => keep(c.name, current?.name)),
      'current-context': isMinified ? (current?.name ?? '') : (config['current-context'] ?? ''),
      kind: 'Config', preferences: {},
      users: (config.users ?? []).filter((u) => keep(u.name, current?.context?.user)).map((u) => ({ name: u.name, user: clean(u.user) })),
    }
    io.out(flags.text('output') === 'json' ? toJson(shown) : toYaml(shown))
  },
})
