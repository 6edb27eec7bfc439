/** crictl rmp: remove one or more pods, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { connect, filterLog, reason, sandboxLog, sandboxStatusFault } from '../client'
import { ExitError, Failure } from '../../../urfave/context'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'

export default command({
  name: 'rmp',
  usage: 'Remove one or more pods',
  args: 'POD-ID [POD-ID...]',
  flags: [
    bool('all, a', 'Remove all pods'),
    bool('force, f', 'Force removal of the pod sandbox, disregarding if running'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context)
    const ids = context.bool('all') ? (yield* cri.call((s) => s.runtime.listPodSandbox(), filterLog(277, 'ListPodSandbox', 'nil'))).map((p) => p.id) : context.args
    if (ids.length === 0) return context.showHelp()
    const errors: string[] = []
    // Each has a goroutine of its own; the last that was started runs first.
    const known: { readonly id: string; readonly state: 'running' | 'stopped' }[] = []
    for (const id of [...ids.slice(-1), ...ids.slice(0, -1)]) {
      try {
        const { status } = yield* cri.call((s) => s.runtime.podSandboxStatus(id))
        const fault = sandboxStatusFault(status)
        if (fault !== undefined) throw new Failure(fault)
        if (status.state === 'SANDBOX_READY' && !context.bool('force')) errors.push(`pod sandbox ${quote(id)} is running, please stop it first`)
        else known.push({ id, state: status.state === 'SANDBOX_READY' ? 'running' : 'stopped' })
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        errors.push(`getting sandbox status of pod ${quote(id)}: ${reason(error)}`)
      }
    }
    for (const { id, state } of known) {
      let doing = `stopping the pod sandbox ${quote(id)} failed`
      try {
        if (state === 'running') {
          yield* cri.call((s) => s.runtime.stopPodSandbox(id), sandboxLog(205, 'StopPodSandbox', id))
          context.io.out(`Stopped sandbox ${id}\n`)
        }
        doing = `removing the pod sandbox ${quote(id)}`
        yield* cri.call((s) => s.runtime.removePodSandbox(id), sandboxLog(224, 'RemovePodSandbox', id))
        context.io.out(`Removed sandbox ${id}\n`)
      } catch (error) {
        if (!isGrpc(error)) throw error
        errors.push(`${doing}: ${reason(error)}`)
      }
    }
    // An aggregate is to urfave/cli several errors of status 1, each printed bare.
    if (errors.length > 0) throw new ExitError(errors.join('\n'), 1)
  },
})
