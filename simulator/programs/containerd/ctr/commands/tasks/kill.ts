/** ctr tasks kill: signal a container (default: SIGTERM), as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { connect, loadContainer, loadProcess } from '../../client'
import { Failure } from '../../../../urfave/context'
import { signalNumber } from '../../../../../kernel/signals'

export default command({
  name: 'kill',
  usage: 'signal a container (default: SIGTERM)',
  args: '[flags] CONTAINER',
  flags: [
    string('signal, s', 'signal to send to the container'),
    string('exec-id', 'process ID to kill'),
    bool('all, a', 'send signal to all processes inside the container'),
  ],
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw new Failure('container id must be provided')
    const execId = context.string('exec-id')
    const all = context.bool('all')
    if (all && execId !== '') throw new Failure('specify an exec-id or all; not both')
    const client = yield* connect(context)
    const container = yield* loadContainer(client, id)
    const signal = parseSignal(context.string('signal') || container.Labels['io.containerd.image.config.stop-signal'] || 'SIGTERM')
    yield* client.call((s, ns) => s.tasks.get(ns, id))
    if (execId !== '') yield* loadProcess(client, id, execId)
    yield* client.call((s, ns) => s.tasks.kill(ns, id, { execId, signal, all }))
  },
})

/** moby/sys/signal.ParseSignal: a number, or a name with or without SIG. */
function parseSignal(text: string): number {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text)
    if (number === 0) throw new Failure(`invalid signal: ${text}`)
    return number >>> 0
  }
  const number = signalNumber(text.toUpperCase().replace(/^SIG/, ''))
  if (number === undefined) throw new Failure(`invalid signal: ${text}`)
  return number
}
