/** ctr content prune references: prunes preference labels from the content store (layers only by default), as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../../urfave/command'
import { bool } from '../../../../../urfave/flag'

export default notSimulated({
  name: 'references',
  usage: 'prunes preference labels from the content store (layers only by default)',
  flags: [
    bool('async', 'allow garbage collection to cleanup asynchronously'),
    bool('dry', 'just show updates without applying (enables debug logging)'),
  ],
})
