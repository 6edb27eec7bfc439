/** crictl inspect: display the status of one or more containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect, containerLog, needId, reason } from '../client'
import { ago, checkStatusFormat, containerStatusMessage, imageFields, labelLines, mapText, showStatus } from '../show'
import { type Context, Failure } from '../../../urfave/context'
import type { ContainerStatus } from '../../../../containerd/cri/services'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'
import { ownCrictl } from '../releases'
import { toldContainerStatus } from '../told'

export default command({
  name: 'inspect',
  usage: 'Display the status of one or more containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template|table'),
    bool('quiet, q', 'Do not show verbose information'),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    const verbose = !context.bool('quiet')
    for (const id of context.args) {
      try {
        needId(id)
        const { status, info } = yield* cri.call((s) => s.runtime.containerStatus(id, { verbose }), containerLog(415, 'ContainerStatus', id), toldContainerStatus(id, { verbose }))
        checkStatusFormat(context)
        if (context.string('output') === 'table') context.io.out(statusTable(context, status) + (verbose ? `Info: ${mapText(info)}\n` : ''))
        else showStatus(context, containerStatusMessage(status, imageFields(yield* ownCrictl(context.sys))), info)
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`getting the status of the container ${quote(id)}: ${reason(error)}`)
      }
    }
  },
})

function statusTable(context: Context, c: ContainerStatus): string {
  const { name, attempt } = c.metadata
  const started = c.state === 'CONTAINER_CREATED' ? '' : `Started: ${ago(context, c.startedAt)}\n`
  const ended = c.state === 'CONTAINER_EXITED' ? `${c.finishedAt > 0n ? `Finished: ${ago(context, c.finishedAt)}\n` : ''}Exit Code: ${c.exitCode}\n` : ''
  return (
    `ID: ${c.id}\nName: ${name}\n${attempt === 0 ? '' : `Attempt: ${attempt}\n`}State: ${c.state}\nCreated: ${ago(context, c.createdAt)}\n${started}${ended}` +
    `${labelLines('Labels', c.labels)}${labelLines('Annotations', c.annotations)}`
  )
}
