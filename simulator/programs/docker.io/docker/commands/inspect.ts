/** docker inspect (cli/command/system/inspect.go): whatever has that name, containers first. */
import { type Docker, EngineError, type Shown } from '../../../../docker/services'
import type { Run } from '../../../../kernel/run'
import { command, Refused } from '../command'
import { inspectAll } from '../inspect'

const KINDS: Readonly<Record<string, (docker: Docker, name: string, size: 'counted' | undefined) => Run<Shown>>> = {
  container: (docker, name, size) => docker.containers.inspect(name, size),
  image: (docker, name) => docker.images.inspect(name),
  network: (docker, name) => docker.networks.inspect(name),
  *volume(docker, name) {
    return { ...(yield* docker.volumes.inspect(name)) }
  },
}

export default command({
  flags: ['format', 'size', 'type'],
  *run(context) {
    const type = context.flags.text('type') ?? ''
    if (type !== '' && !(type in KINDS)) {
      const swarm = ['node', 'service', 'task', 'secret', 'plugin', 'config'].includes(type)
      throw new Refused(swarm ? `docker inspect --type ${type}: not simulated in this lab` : `"${type}" is not a valid value for --type`, swarm ? 125 : 1)
    }
    const size = context.flags.is('size') ? 'counted' : undefined
    return yield* inspectAll(context, function* (name) {
      for (const [kind, look] of Object.entries(KINDS)) {
        if (type !== '' && kind !== type) continue
        try {
          const found = yield* context.call((docker) => look(docker, name, size))
          if (size && kind !== 'container') context.io.err(`WARNING: --size ignored for ${kind}\n`)
          return found
        } catch (error) {
          if (!(error instanceof EngineError) || error.status !== 404) throw error
        }
      }
      throw new Refused(`Error: No such ${type === '' ? 'object' : type}: ${name}`)
    })
  },
})
