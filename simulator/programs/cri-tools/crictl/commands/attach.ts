/** crictl attach: attach to a running container, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, reason } from '../client'
import { converse, streamOptions } from '../stream'

export default command({
  name: 'attach',
  usage: 'Attach to a running container',
  args: 'CONTAINER-ID',
  flags: [
    bool('stdin, i', 'Keep STDIN open'),
    bool('tty, t', 'Allocate a pseudo-TTY'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const id = context.arg(0)
    if (id === '') return context.showHelp()
    const cri = yield* connect(context)
    cri.needsNoAddress('attach')
    const options = streamOptions(context.bool('tty'), context.bool('stdin'))
    const log = { at: 540, what: 'Attach container from runtime service failed', fields: { containerID: quote(id) } }
    try {
      yield* converse(context, cri, () => cri.call((s) => s.runtime.attach(id, options), log), options)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new Failure(`attaching running container failed: ${reason(error)}`)
    }
  },
})
