/** Makes a container, and pulls its image where it is not here (cli/command/container/create.go). */
import { EngineError, isEngineError } from '../../../docker/services'
import { encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import { type Context, fromDaemon, Refused } from './command'
import type { ParsedOptions } from './create-options'
import { familiar, fullName, pullTo } from './pull'

const FAILED = 125

export function* makeContainer(context: Context, { image, name, config, host, networks }: ParsedOptions): Run<string> {
  const { io, flags } = context
  const pull = flags.text('pull') ?? 'missing'
  if (!['missing', 'always', 'never'].includes(pull)) throw new Refused(`docker: invalid pull option: '${pull}': must be one of "always", "missing" or "never".\nSee '${context.words} --help'.`, FAILED)
  const create = () => context.call((docker) => docker.containers.create({ name, config, host, networks }))
  const fetch = function* (): Run {
    yield* io.flush()
    yield* pullTo(context, fullName(image), 2, 'progress')
  }
  try {
    if (pull === 'always') yield* fetch()
    const made = yield* created(create, pull === 'missing', function* () {
      io.err(`Unable to find image '${familiar(fullName(image))}' locally\n`)
      yield* fetch()
    })
    for (const warning of made.Warnings) io.err(`WARNING: ${warning}\n`)
    if (host.ContainerIDFile !== '') yield* io.sys.writeFile(host.ContainerIDFile, encode(made.Id), { mode: 0o644 })
    return made.Id
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    // One full stop, whether the daemon has said it or not.
    throw new Refused(`docker: ${fromDaemon(error).replace(/\.$/, '')}.\nSee '${context.words} --help'.`, FAILED)
  }
}

function* created<T>(create: () => Run<T>, mayPull: boolean, fetch: () => Run): Run<T> {
  try {
    return yield* create()
  } catch (error) {
    if (!mayPull || !isEngineError(error, 404) || !error.message.startsWith('No such image')) throw error
    yield* fetch()
    return yield* create()
  }
}
