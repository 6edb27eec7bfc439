/** crictl inspectp: display the status of one or more pods, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect, needId, reason, sandboxStatusFault } from '../client'
import { checkStatusFormat, labelLines, mapText, podStatusMessage, showStatus } from '../show'
import { Failure } from '../../../urfave/context'
import { timeString } from '../../../go/time'
import type { PodSandboxStatus } from '../../../../containerd/cri/services'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'
import { toldPodStatus } from '../told'

export default command({
  name: 'inspectp',
  usage: 'Display the status of one or more pods',
  args: 'POD-ID [POD-ID...]',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template|table'),
    bool('quiet, q', 'Do not show verbose information'),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  shortOptions: 'joined',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    const verbose = !context.bool('quiet')
    for (const id of context.args) {
      try {
        needId(id)
        const { status, info } = yield* cri.call((s) => s.runtime.podSandboxStatus(id, { verbose }), undefined, toldPodStatus(id, { verbose }))
        const fault = sandboxStatusFault(status)
        if (fault !== undefined) throw new Failure(fault)
        checkStatusFormat(context)
        if (context.string('output') === 'table') context.io.out(statusTable(status) + (verbose ? `Info: ${mapText(info)}\n` : ''))
        else showStatus(context, podStatusMessage(status), info)
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`getting the pod sandbox status for ${quote(id)}: ${reason(error)}`)
      }
    }
  },
})

function statusTable(pod: PodSandboxStatus): string {
  const { name, uid, namespace, attempt } = pod.metadata
  return (
    `ID: ${pod.id}\nName: ${name}\nUID: ${uid}\nNamespace: ${namespace}\nAttempt: ${attempt}\nStatus: ${pod.state}\nCreated: ${timeString(pod.createdAt)}\n` +
    `IP Addresses: ${pod.network.ip}\n${pod.network.additionalIps.map(({ ip }) => `Additional IP: ${ip}\n`).join('')}` +
    `${labelLines('Labels', pod.labels)}${labelLines('Annotations', pod.annotations)}`
  )
}
