/** What releases say of their builds (`kubectl version`, /version). */
import { NotHere } from './refused'

interface Build {
  readonly gitCommit: string
  readonly client: string
  /** The release's servers were built at another moment. */
  readonly server?: string
  readonly goVersion: string
}

const BUILDS: Readonly<Record<string, Build>> = {
  'v1.20.2': { gitCommit: 'faecb196815e248d3ecfb03c680a4507229c2a56', client: '2021-01-13T13:28:09Z', goVersion: 'go1.19.8' },
  'v1.27.1': { gitCommit: '4c9411232e10168d7b050c49a1b59f6df9d7ea4b', client: '2023-04-14T13:21:19Z', server: '2023-04-14T13:14:42Z', goVersion: 'go1.20.3' },
  'v1.27.16': { gitCommit: 'cbb86e0d7f4a049666fac0551e8b02ef3d6c3d9a', client: '2024-07-17T01:53:56Z', goVersion: 'go1.22.5' },
}

/** In the order of Go's fields. */
export function buildOf(version: string, what: 'client' | 'server'): Readonly<Record<string, string>> {
  const build = BUILDS[version]
  if (!build) throw new NotHere(`kubectl: not simulated in this lab: how ${version} was built`)
  const { gitCommit, goVersion } = build
  const [major = '', minor = ''] = version.replace(/^v/, '').split('.')
  return { major, minor, gitVersion: version, gitCommit, gitTreeState: 'clean', buildDate: build[what] ?? build.client, goVersion, compiler: 'gc', platform: 'linux/amd64' }
}
