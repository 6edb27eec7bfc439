/** crictl rm: remove one or more containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { isGrpc } from '../../../../containerd/grpc'
import { logrus } from '../../../go/logrus'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, containerLog, filterLog, reason } from '../client'

export default command({
  name: 'rm',
  usage: 'Remove one or more containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    bool('all, a', 'Remove all containers'),
    bool('force, f', 'Force removal of the container, disregarding if running'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const { sys, io } = context
    const cri = yield* connect(context)
    const ids = context.bool('all') ? (yield* cri.call((s) => s.runtime.listContainers(), filterLog(390, 'ListContainers', 'nil'))).map((c) => c.id) : context.args
    if (ids.length === 0) return context.showHelp()
    let hasFailed = false
    const fail = (message: string): void => {
      io.err(logrus(sys, 'error', message))
      hasFailed = true
    }
    for (const id of ids) {
      let sentence = ''
      try {
        const { status } = yield* cri.call((s) => s.runtime.containerStatus(id), containerLog(415, 'ContainerStatus', id))
        if (status.state === 'CONTAINER_RUNNING') {
          if (!context.bool('force')) {
            fail(`container ${quote(id)} is running, please stop it first`)
            continue
          }
          sentence = `stopping the container ${quote(id)} failed: `
          yield* cri.call((s) => s.runtime.stopContainer(id, 0), containerLog(349, 'StopContainer', id))
          io.out(`${id}\n`)
        }
        sentence = `removing container ${quote(id)} failed: `
        yield* cri.call((s) => s.runtime.removeContainer(id), containerLog(368, 'RemoveContainer', id))
        io.out(`${id}\n`)
      } catch (error) {
        if (!isGrpc(error)) throw error
        fail(sentence + reason(error))
      }
    }
    if (hasFailed) throw new Failure('unable to remove container(s)')
  },
})
