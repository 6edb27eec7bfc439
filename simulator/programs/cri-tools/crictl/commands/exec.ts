/** crictl exec: run a command in a running container, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int } from '../../../urfave/flag'
import { connect, reason } from '../client'
import { Failure } from '../../../urfave/context'
import { quote } from '../../../go/strconv'

export default command({
  name: 'exec',
  usage: 'Run a command in a running container',
  args: 'CONTAINER-ID COMMAND [ARG...]',
  flags: [
    bool('interactive, i', 'Keep STDIN open'),
    bool('sync, s', 'Run the command synchronously'),
    int('timeout', 'Timeout in seconds'),
    bool('tty, t', 'Allocate a pseudo-TTY'),
  ],
  shortOptions: 'joined',
  *run(context) {
    const [id = '', ...command] = context.args
    if (command.length === 0) return context.showHelp()
    if (context.bool('tty') || context.bool('interactive')) return context.refuse('exec with --interactive or --tty')
    const cri = yield* connect(context)
    const log = { at: context.bool('sync') ? 479 : 513, what: context.bool('sync') ? 'ExecSync cmd from runtime service failed' : 'Exec cmd from runtime service failed', fields: { containerID: quote(id), cmd: `[${command.join(' ')}]` } }
    try {
      const { stdout, stderr, exitCode } = yield* cri.call((s) => s.runtime.execSync(id, command, context.number('timeout')), log)
      context.io.out(stdout)
      context.io.err(stderr)
      if (context.bool('sync')) context.io.out('\n')
      if (exitCode !== 0) throw new Failure(`command terminated with exit code ${exitCode}`)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new Failure(`execing command in container: ${reason(error)}`)
    }
  },
})
