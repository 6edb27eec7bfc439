/** kubectl: the commands in commands/, found by their place. What is not there is not simulated and says so. */
import { isErrno } from '../../../kernel/errno'
import { ApiStatus } from '../../../kubernetes/api/status'
import { program } from '../../program'
import { contextOf, type KubectlCommand, Refused } from './command'
import { serverError } from './errors'
import { Flags, UsageError } from './flags'

const COMMANDS = import.meta.glob<{ readonly default: KubectlCommand }>('./commands/*.ts', { eager: true })

/** Commands of the real kubectl that the lab does not have. */
const REAL = ['annotate', 'api-resources', 'api-versions', 'auth', 'autoscale', 'certificate', 'cluster-info', 'completion', 'config', 'cordon', 'cp', 'debug', 'diff', 'drain', 'edit', 'events', 'explain', 'expose', 'kustomize', 'label', 'options', 'patch', 'plugin', 'port-forward', 'proxy', 'replace', 'rollout', 'scale', 'set', 'taint', 'top', 'uncordon', 'wait']

export default program({
  threads: 6,
  summary: 'the client of the Kubernetes API',
  size: 49_246_208,
  *run(io) {
    const [name = '', ...args] = io.args
    const found = COMMANDS[`./commands/${name}.ts`]?.default
    if (!found) {
      if (REAL.includes(name) || name === '' || name === 'help' || name === '--help') {
        io.err(`kubectl${name ? ` ${name}` : ''}: not simulated in this lab; there are: ${Object.keys(COMMANDS).map((path) => path.slice('./commands/'.length, -3)).sort().join(', ')}\n`)
        return 125
      }
      io.err(`error: unknown command "${name}" for "kubectl"\n`)
      return 1
    }
    try {
      const flags = new Flags(found.flags, args)
      if (flags.is('help')) {
        io.err(`kubectl ${name} --help: not simulated in this lab\n`)
        return 125
      }
      return yield* found.run(contextOf(io, flags))
    } catch (error) {
      if (error instanceof UsageError) io.err(`error: ${error.message}\nSee 'kubectl ${name} --help' for usage.\n`)
      else if (error instanceof Refused) io.err(`${error.message}\n`)
      else if (error instanceof ApiStatus) io.err(serverError(error))
      else if (isErrno(error)) io.err(`error: ${error.message}\n`)
      else throw error
      return 1
    }
  },
})
