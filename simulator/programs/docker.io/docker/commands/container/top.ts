/** docker top (cli/command/container/top.go). */
import { tabulate } from '../../../../go/tabwriter'
import { command } from '../../command'

const LAYOUT = { minWidth: 20, tabWidth: 1, padding: 3, padChar: ' ' } as const

export default command({
  flags: [],
  reading: 'until first word',
  *run(context) {
    const { io, args: [name = '', ...options] } = context
    const { Titles, Processes } = yield* context.call((docker) => docker.containers.top(name, options))
    io.out(tabulate([Titles, ...Processes].map((row) => `${row.join('\t')}\n`).join(''), LAYOUT))
  },
})
