/**
 * crictl 1.26.0 (and 1.29.0, `releases.ts`): the command line client of the Container Runtime Interface. Commands are files in `commands/`; help, parsing and
 * errors follow from their declarations (urfave/cli 2.23). Recordings: query/crictl.jsonl.
 */
import { isErrno } from '../../../kernel/errno'
import { logrus } from '../../go/logrus'
import { program } from '../../program'
import { runApp } from '../../urfave/app'
import { type Modules, tree } from '../../urfave/command'
import { bool, duration, string } from '../../urfave/flag'
import { reason } from './client'
import { type CrictlRelease, ownCrictl } from './releases'
import { DEFAULT_ENDPOINTS, loadConfig } from './settings'

const MODULES: Modules = import.meta.glob<Modules[string]>('./commands/*.ts', { eager: true })

const ROOT = './commands'

/** Of each release that was run. */
const COMMANDS = new Map<CrictlRelease, ReturnType<typeof tree>>()

function commandsOf(release: CrictlRelease): ReturnType<typeof tree> {
  const known = COMMANDS.get(release) ?? tree(MODULES, ROOT, release.commands, (path, spec) => release.revise(path.slice(ROOT.length + 1), spec))
  COMMANDS.set(release, known)
  return known
}

const ENDPOINTS = `[${DEFAULT_ENDPOINTS.join(' ')}]`

/** A Go binary of 50 MB takes so long until it has connected (recorded: 26 to 49 ms between the command and its first log line). */
const START_NS = 29_000_000

export default program({
  threads: 5,
  paths: ['/usr/local/bin/crictl'],
  size: 52595718,
  summary: 'client of the Container Runtime Interface',
  *run(io) {
    const release = yield* ownCrictl(io.sys)
    yield* io.sys.sleep(START_NS)
    return yield* runApp(
      {
        name: 'crictl',
        usage: 'client for CRI',
        version: 2,
        ...release.cli,
        release: release.version,
        versionLine: `crictl version ${release.version}`,
        flags: [
          string('config, c', "Location of the client config file. If not specified and the default does not exist, the program's directory is searched as well", {
            value: '/etc/crictl.yaml', env: 'CRI_CONFIG_FILE',
          }),
          bool('debug, D', 'Enable debug mode'),
          string('image-endpoint, i', "Endpoint of CRI image manager service (default: uses 'runtime-endpoint' setting)", { env: 'IMAGE_SERVICE_ENDPOINT' }),
          string(
            'runtime-endpoint, r',
            `Endpoint of CRI container runtime service (default: uses in order the first successful one of ${ENDPOINTS}). Default is now deprecated and the endpoint should be set instead.`,
            { env: 'CONTAINER_RUNTIME_ENDPOINT' },
          ),
          duration('timeout, t', 'Timeout of connecting to the server in seconds (e.g. 2s, 20s.). 0 or less is set to default', { value: '2s' }),
        ],
        commands: commandsOf(release),
        *before(context) {
          yield* loadConfig(context)
        },
        fail(context, error) {
          if (!(error instanceof Error)) throw error
          context.io.err(logrus(context.sys, 'fatal', isErrno(error) ? error.message.toLowerCase() : reason(error)))
          return 1
        },
      },
      io,
    )
  },
})
