/** ctr content active: display active transfers, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { duration, string } from '../../../../urfave/flag'
import { connect } from '../../client'
import { tabulate } from '../../../../go/tabwriter'
import { nowNanoseconds } from '../../../../go/time'
import { humanDuration, humanSize } from '../../../../go/units'
import { parseTime } from '../../../../../containerd/time'

export default command({
  name: 'active',
  usage: 'display active transfers',
  args: '[flags] [<regexp>]',
  description: 'display the ongoing transfers',
  flags: [
    duration('timeout, t', 'total timeout for fetch', { env: 'CONTAINERD_FETCH_TIMEOUT' }),
    string('root', 'path to content store root', { value: '/tmp/content' }),
  ],
  *run(context) {
    const client = yield* connect(context)
    const active = yield* client.call((s, ns) => s.content.listStatuses(ns, context.args))
    const now = nowNanoseconds(context.sys)
    const rows = active.map((i) => `${i.ref}\t${humanSize(i.offset)}\t${humanDuration(now - parseTime(i.startedAt))}\t\n`)
    context.io.out(tabulate(`REF\tSIZE\tAGE\t\n${rows.join('')}`, { minWidth: 1, tabWidth: 8, padding: 1, padChar: '\t' }))
  },
})
