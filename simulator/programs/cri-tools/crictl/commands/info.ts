/** crictl info: display information of the container runtime, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, string } from '../../../urfave/flag'
import { connect, plainLog, within } from '../client'
import { showStatus, worded } from '../show'
import { toldStatus } from '../told'

export default command({
  name: 'info',
  usage: 'Display information of the container runtime',
  flags: [
    string('output, o', 'Output format, One of: json|yaml|go-template', { value: 'json' }),
    bool('quiet, q', 'Do not show verbose information'),
    string('template', 'The template string is only used when output is go-template; The Template format is golang template'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const cri = yield* connect(context)
    const verbose = !context.bool('quiet')
    const { conditions, info } = yield* within('getting status of runtime', () => cri.call((s) => s.runtime.status({ verbose }), plainLog(616, 'Status'), toldStatus({ verbose })))
    worded('getting status of runtime', () => showStatus(context, { conditions }, info))
  },
})
