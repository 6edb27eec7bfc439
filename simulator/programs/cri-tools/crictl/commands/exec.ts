/** crictl exec: run a command in a running container, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { bool, int } from '../../../urfave/flag'
import { concat, decode, encode } from '../../../../kernel/bytes'
import { isGrpc } from '../../../../containerd/grpc'
import { connect, reason } from '../client'
import { ownCrictl } from '../releases'
import { converse, streamOptions } from '../stream'
import { Failure } from '../../../urfave/context'
import { quote } from '../../../go/strconv'
import { toldExecSync } from '../told'

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
    const { line } = yield* ownCrictl(context.sys)
    const cri = yield* connect(context)
    const fields = { containerID: quote(id), cmd: line === '1.26' ? listText(command) : `[${command.map(quote).join(',')}]` }
    if (context.bool('sync')) {
      const timeout = context.number('timeout')
      const log = { at: 479, what: 'ExecSync cmd from runtime service failed', fields }
      try {
        // The client takes an exit status other than 0 for an error.
        const { stdout, stderr, exitCode } = yield* cri.call((s) => s.runtime.execSync(id, command, timeout), log, toldExecSync(id, command, timeout))
        if (exitCode !== 0) throw new Failure(`command '${command.join(' ')}' exited with ${exitCode}: ${decode(stderr)}`)
        for (const bytes of [stdout, stderr]) context.io.out(concat([bytes, NEWLINE]))
      } catch (error) {
        if (!(error instanceof Error)) throw error
        const why = isGrpc(error, 'DeadlineExceeded') ? `command ${quote(command.join(' '))} timed out` : reason(error)
        throw new Failure(`execing command in container synchronously: ${why}`)
      }
      return
    }
    cri.needsNoAddress('exec')
    const options = streamOptions(context.bool('tty'), context.bool('interactive'))
    const log = { at: 513, what: 'Exec cmd from runtime service failed', fields }
    try {
      const status = yield* converse(context, cri, () => cri.call((s) => s.runtime.exec(id, command, options), log), options)
      if (status !== 0) throw new Failure(`command terminated with exit code ${status}`)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new Failure(`execing command in container: ${reason(error)}`)
    }
  },
})

const NEWLINE = encode('\n')

/** A list as klog shows it: what is not plain stands in quotes. */
const listText = (words: readonly string[]): string => `[${words.join(' ')}]`
