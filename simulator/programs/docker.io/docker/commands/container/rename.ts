/** docker rename (cli/command/container/rename.go). */
import { EngineError } from '../../../../../docker/services'
import { command, fromDaemon, Refused } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const [old = '', name = ''] = context.args.map((text) => text.trim())
    if (old === '' || name === '') throw new Refused('Error: Neither old nor new names may be empty')
    try {
      yield* context.call((docker) => docker.containers.rename(old, name))
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      context.io.err(`${fromDaemon(error)}\n`)
      throw new Refused(`Error: failed to rename container named ${old}`)
    }
  },
})
