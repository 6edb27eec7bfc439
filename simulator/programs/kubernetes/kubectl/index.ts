/** kubectl: the commands in commands/, found by their place. What is not there is not simulated and says so. */
import { isErrno } from '../../../kernel/errno'
import { ApiStatus } from '../../../kubernetes/api/status'
import { program } from '../../program'
import { contextOf, type KubectlCommand, Refused } from './command'
import { serverError } from './errors'
import { commandIn, Flags, UsageError } from './flags'
import { NotHere } from './refused'
import { suggestions } from './suggest'

const COMMANDS = import.meta.glob<{ readonly default: KubectlCommand }>('./commands/*.ts', { eager: true })

/** Commands of the real kubectl that the lab does not have. */
const REAL = ['alpha', 'api-resources', 'api-versions', 'auth', 'autoscale', 'certificate', 'completion', 'cordon', 'cp', 'debug', 'diff', 'drain', 'edit', 'events', 'explain', 'expose', 'kustomize', 'options', 'plugin', 'proxy', 'replace', 'rollout', 'scale', 'set', 'taint', 'uncordon']

/** All commands in the order in which the real one adds them (pkg/cmd/cmd.go): that of suggestions. */
const ORDER = [
  'create', 'expose', 'run', 'set', 'explain', 'get', 'edit', 'delete', 'rollout', 'scale', 'autoscale', 'certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint', 'describe', 'logs', 'attach', 'exec',
  'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events', 'diff', 'apply', 'patch', 'replace', 'wait', 'kustomize', 'label', 'annotate', 'completion', 'alpha', 'config', 'plugin', 'version', 'api-versions', 'api-resources',
  'options',
]

export default program({
  threads: 6,
  summary: 'the client of the Kubernetes API',
  size: 49_246_208,
  *run(io) {
    let name = ''
    let args: readonly string[]
    try {
      ;({ name, args } = commandIn(io.args))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      io.err(`error: ${error.message}\nSee 'kubectl --help' for usage.\n`)
      return 1
    }
    const found = COMMANDS[`./commands/${name}.ts`]?.default
    if (!found) {
      if (REAL.includes(name) || name === '' || name === 'help' || name === '--help') {
        io.err(`kubectl${name ? ` ${name}` : ''}: not simulated in this lab; there are: ${Object.keys(COMMANDS).map((path) => path.slice('./commands/'.length, -3)).sort().join(', ')}\n`)
        return 125
      }
      const near = suggestions(name, ORDER)
      io.err(`error: unknown command "${name}" for "kubectl"\n${near.length > 0 ? `\nDid you mean this?\n${near.map((each) => `\t${each}\n`).join('')}` : ''}`)
      return 1
    }
    try {
      const flags = new Flags(found.flags, args)
      if (flags.is('help')) {
        io.err(`kubectl ${name} --help: not simulated in this lab\n`)
        return 125
      }
      return yield* found.run(yield* contextOf(io, flags))
    } catch (error) {
      if (error instanceof NotHere) {
        io.err(`${error.message}\n`)
        return 125
      }
      if (error instanceof UsageError) io.err(`error: ${error.message}\nSee 'kubectl ${name} --help' for usage.\n`)
      else if (error instanceof Refused) io.err(`${error.message}\n`)
      else if (error instanceof ApiStatus) io.err(serverError(error))
      else if (isErrno(error)) io.err(`error: ${error.message}\n`)
      else throw error
      return 1
    }
  },
})
