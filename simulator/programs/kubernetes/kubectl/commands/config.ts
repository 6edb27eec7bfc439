/** kubectl config: looks at the kubeconfig file and changes which context is current (pkg/cmd/config). */
import { encode } from '../../../../kernel/bytes'
import type { Run } from '../../../../kernel/run'
import { tabulate } from '../../../go/tabwriter'
import { command, type Context, Refused } from '../command'
import { type KubeConfig, kubeConfigPath, readKubeConfig } from '../kubeconfig'
import { toJson, toYaml } from '../output'

/** Data of certificates and keys is not shown. */
const SECRET: Readonly<Record<string, string>> = { 'certificate-authority-data': 'DATA+OMITTED', 'client-certificate-data': 'REDACTED', 'client-key-data': 'REDACTED', token: 'REDACTED', password: 'REDACTED' }
const hidden = (values: Record<string, unknown> = {}): Record<string, unknown> => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, SECRET[key] ?? value]))

const table = (rows: readonly (readonly string[])[]): string => tabulate(rows.map((row) => `${row.join('\t')}\n`).join(''), { minWidth: 6, tabWidth: 4, padding: 3, padChar: ' ' })

const ACTIONS: Readonly<Record<string, (context: Context, config: KubeConfig) => Run<number | void>>> = {
  *view({ io, flags }, config) {
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
  *'current-context'({ io }, config) {
    const name = config['current-context'] ?? ''
    if (name === '') throw new Refused('error: current-context is not set')
    io.out(`${name}\n`)
  },
  *'get-contexts'({ io, flags }, config) {
    const [, ...names] = flags.args
    const found = (config.contexts ?? []).filter((c) => names.length === 0 || names.includes(c.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
    if (flags.text('output') === 'name') return io.out(found.map((c) => `${c.name}\n`).join(''))
    const rows = found.map(({ name, context = {} }) => [name === config['current-context'] ? '*' : '', name, context.cluster ?? '', context.user ?? '', context.namespace ?? ''])
    io.out(table([...(flags.is('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]), ...rows]))
    const missing = names.filter((name) => !config.contexts?.some((c) => c.name === name))
    if (missing.length > 0) throw new Refused(`error: context ${missing[0]} not found`)
  },
  *'get-clusters'({ io }, config) {
    io.out(`NAME\n${(config.clusters ?? []).map((c) => `${c.name}\n`).sort().join('')}`)
  },
  *'get-users'({ io }, config) {
    io.out(`NAME\n${(config.users ?? []).map((u) => `${u.name}\n`).sort().join('')}`)
  },
  *'use-context'(context, config) {
    const name = context.flags.args[1]
    if (name === undefined) return refuse(context, 'use-context --help')
    if (!config.contexts?.some((c) => c.name === name)) throw new Refused(`error: no context exists with the name: "${name}"`)
    yield* write(context, { ...config, 'current-context': name })
    context.io.out(`Switched to context "${name}".\n`)
  },
  *'set-context'(context, config) {
    const { flags, io } = context
    const name = flags.is('current') ? config['current-context'] : flags.args[1]
    if (!name) throw new Refused('error: Unexpected args: []')
    const old = config.contexts?.find((c) => c.name === name)
    const change = Object.fromEntries((['cluster', 'user', 'namespace'] as const).flatMap((key) => (flags.text(key) === undefined ? [] : [[key, flags.text(key)]])))
    const next = { name, context: { ...old?.context, ...change } }
    yield* write(context, { ...config, contexts: [...(config.contexts ?? []).filter((c) => c.name !== name), next].sort((a, b) => (a.name < b.name ? -1 : 1)) })
    io.out(`Context "${name}" ${old ? 'modified' : 'created'}.\n`)
  },
}

const NOT_HERE = ['delete-cluster', 'delete-context', 'delete-user', 'rename-context', 'set', 'set-cluster', 'set-credentials', 'unset']

function refuse({ io }: Context, what: string): number {
  io.err(`kubectl config ${what}: not simulated in this lab\n`)
  return 125
}

function* write({ io, flags }: Context, config: KubeConfig): Run {
  yield* io.sys.writeFile(kubeConfigPath(io, flags), encode(toYaml({ preferences: {}, ...config })), { mode: 0o600 })
}

export default command({
  flags: [
    { name: 'minify', type: 'bool' }, { name: 'raw', type: 'bool' }, { name: 'output', short: 'o', type: 'string' }, { name: 'no-headers', type: 'bool' }, { name: 'current', type: 'bool' },
    { name: 'cluster', type: 'string' }, { name: 'user', type: 'string' },
  ],
  *run(context) {
    const [name] = context.flags.args
    const action = name === undefined ? undefined : ACTIONS[name]
    if (action) return yield* action(context, yield* readKubeConfig(context.io, context.flags))
    if (name === undefined || NOT_HERE.includes(name)) return refuse(context, name ?? '--help')
    throw new Refused(`error: unknown command "${name}"\nSee 'kubectl config -h' for help and examples`)
  },
})
