/** ctr sandboxes run: run a new sandbox, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { jsonFault } from '../../../../../containerd/json'
import { decode } from '../../../../../kernel/bytes'
import { isErrno } from '../../../../../kernel/errno'
import { Failure } from '../../../../urfave/context'
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
    const path = context.arg(0)
    let text: string
    try {
      text = decode(yield* context.sys.readFile(path))
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(`failed to read sandbox config: open ${path}: ${error.message.toLowerCase()}`)
    }
    const fault = jsonFault(text, 'unexpected end of JSON input')
    if (fault !== undefined) throw new Failure(`failed to parse sandbox config: ${fault}`)
    return context.refuse('sandboxes run')
  },
})
