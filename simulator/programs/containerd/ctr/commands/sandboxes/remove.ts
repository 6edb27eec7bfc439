/** ctr sandboxes remove: remove sandboxes, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'

export default command({
  name: 'remove',
  aliases: ['rm'],
  usage: 'Remove sandboxes',
  args: '<id> [<id>, ...]',
  flags: [
    bool('force, f', 'Ignore shutdown errors when removing sandbox'),
  ],
  *run(context) {
    if (context.args.length > 0) context.refuse('sandboxes remove')
  },
})
