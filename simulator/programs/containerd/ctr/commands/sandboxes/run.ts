/** ctr sandboxes run: run a new sandbox, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'

export default command({
  name: 'run',
  aliases: ['create', 'c', 'r'],
  usage: 'Run a new sandbox',
  args: '[flags] <pod-config.json> <sandbox-id>',
  flags: [
    string('runtime', 'Runtime name', { value: 'io.containerd.runc.v2' }),
  ],
  *run(context) {
    if (context.args.length !== 2) return context.showHelp()
    return context.refuse('sandboxes run')
  },
})
