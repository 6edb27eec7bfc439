/** ctr content list: list all blobs in the store, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, joinMapped } from '../../client'
import { tabulate } from '../../../../go/tabwriter'
import { nowNanoseconds } from '../../../../go/time'
import { humanDuration, humanSize } from '../../../../go/units'
import type { ContentInfo } from '../../../../../containerd/services'
import { parseTime } from '../../../../../containerd/time'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list all blobs in the store',
  args: '[flags]',
  description: 'list blobs in the content store',
  flags: [
    bool('quiet, q', 'print only the blob digest'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const isQuiet = context.bool('quiet')
    const show = (rows: readonly string[]): void => context.io.out(tabulate(`${['DIGEST\tSIZE\tAGE\tLABELS', ...rows].join('\n')}\n`, { minWidth: 1, tabWidth: 8, padding: 1, padChar: '\t' }))
    let blobs: readonly ContentInfo[]
    try {
      blobs = yield* client.call((s, ns) => s.content.list(ns, context.args))
    } catch (error) {
      // The header is on its way before the walk begins.
      if (!isQuiet) show([])
      throw error
    }
    if (isQuiet) {
      for (const { digest } of blobs) context.io.out(`${digest}\n`)
      return
    }
    const now = nowNanoseconds(context.sys)
    const rows = blobs.map(({ digest, size, createdAt, labels }) => [digest, humanSize(size), humanDuration(now - parseTime(createdAt)), joinMapped(client, labels) || '-'].join('\t'))
    show(rows)
  },
})
