/** kubectl version (pkg/cmd/version/version.go). */
import { buildOf } from '../builds'
import { command, type Context, Refused } from '../command'
import { toYaml } from '../output'

/** Kustomize that is built in, told from 1.24 on. */
const KUSTOMIZE: Readonly<Record<number, string>> = { 27: 'v5.0.1' }
/** From here on the short form is the only one. */
const SHORT_ONLY = 28
const FARTHEST_SKEW = 1

const minorOf = (version: string): number => Number(version.split('.')[1])

const goText = (info: Readonly<Record<string, string>>): string => `version.Info{${Object.entries(info).map(([key, value]) => `${key.charAt(0).toUpperCase()}${key.slice(1)}:"${value}"`).join(', ')}}`

export default command({
  flags: ['short', 'client', 'output'],
  *run(context) {
    const { io, flags, release } = context
    const output = flags.text('output') ?? ''
    if (!['', 'yaml', 'json'].includes(output)) throw new Refused("error: --output must be 'yaml' or 'json'")
    const kustomize = KUSTOMIZE[release.minor]
    const isShort = flags.is('short') || release.minor >= SHORT_ONLY
    if (output === '' && !isShort && kustomize !== undefined) io.err('WARNING: This version information is deprecated and will be replaced with the output from kubectl version --short.  Use --output=yaml|json to get the full version.\n')
    const shown = (version: string, what: 'client' | 'server'): string => (isShort ? version : goText(buildOf(version, what)))
    if (output === '') io.out(`Client Version: ${shown(release.version, 'client')}\n${kustomize === undefined ? '' : `Kustomize Version: ${kustomize}\n`}`)
    const server = flags.is('client') ? undefined : yield* serverOf(context)
    if (output === '') {
      if (server !== undefined) io.out(`Server Version: ${shown(server, 'server')}\n`)
    } else {
      const both = {
        clientVersion: buildOf(release.version, 'client'), ...(kustomize === undefined ? {} : { kustomizeVersion: kustomize }), ...(server === undefined ? {} : { serverVersion: buildOf(server, 'server') }),
      }
      io.out(output === 'yaml' ? `${toYaml(both)}\n` : `${JSON.stringify(both, null, 2)}\n`)
    }
    if (server !== undefined && kustomize !== undefined && Math.abs(minorOf(server) - release.minor) > FARTHEST_SKEW) {
      io.err(`WARNING: version difference between client (1.${release.minor}) and server (1.${minorOf(server)}) exceeds the supported minor version skew of +/-${FARTHEST_SKEW}\n`)
    }
  },
})

const serverOf = (context: Context) =>
  context.api(function* (api) {
    return api.version
  })
