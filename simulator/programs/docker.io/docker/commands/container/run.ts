/** docker run (cli/command/container/run.go). */
import { EngineError, isEngineError } from '../../../../../docker/services'
import { attend, checkTty, detachKeysOf } from '../../attend'
import { command, fromDaemon, Refused } from '../../command'
import { CREATE_FLAGS, parseOptions } from '../../create-options'
import { makeContainer } from '../../making'

const NOT_FOUND = 127
const NOT_RUNNABLE = 126
const FAILED = 125

export default command({
  flags: [...CREATE_FLAGS, 'detach', 'detach-keys', 'sig-proxy'],
  reading: 'until first word',
  *run(context) {
    const { io, flags } = context
    const isDetached = flags.is('detach')
    if (isDetached && flags.all('attach').length > 0) throw new Refused(`docker: Conflicting options: -a and -d.\nSee 'docker run --help'.`, FAILED)
    const request = yield* parseOptions(context, isDetached ? 'detached' : 'attached')
    const { config, host } = request
    const stdin = config.AttachStdin ? 'stdin' : 'none'
    const terminal = config.Tty ? 'tty' : 'pipes'
    if (!isDetached) checkTty(context, stdin, terminal)
    const id = yield* makeContainer(context, request)
    const start = () => context.call((docker) => docker.containers.start(id))
    try {
      if (isDetached) {
        yield* start()
        io.out(`${id}\n`)
        return 0
      }
      const shown = (['stdout', 'stderr'] as const).filter((name) => (name === 'stdout' ? config.AttachStdout : config.AttachStderr))
      const detachKeys = detachKeysOf(context)
      const stream = yield* context.call((docker) => docker.containers.attach(id, { stdin }))
      let code = 0
      const over = io.sys.futex()
      let isOver = false
      const how = yield* attend(context, stream, {
        stdin, terminal, shown, detachKeys,
        *begin() {
          io.sys.go(
            (function* () {
              code = yield* context.call((docker) => docker.containers.wait(id, host.AutoRemove ? 'removed' : 'next-exit'))
              isOver = true
              over.wake()
            })(),
          )
          yield* start()
        },
        ...(flags.text('sig-proxy') === 'false' ? {} : { signal: (signo: number) => context.call((docker) => docker.containers.kill(id, String(signo))) }),
      })
      if (how === 'detached') {
        io.out('\n')
        return 0
      }
      while (!isOver) yield* over.wait()
      return code
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      throw startFailure(error)
    }
  },
})

/** run.go runStartContainerErr. */
function startFailure(error: EngineError): Refused {
  const { message } = error
  const code = /executable file not found|no such file or directory|system cannot find the file specified/.test(message) ? NOT_FOUND : /permission denied/.test(message) ? NOT_RUNNABLE : FAILED
  return new Refused(`docker: ${fromDaemon(error).replace(/\.$/, '')}.`, isEngineError(error) ? code : FAILED)
}
