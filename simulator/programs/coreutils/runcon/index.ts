/** runcon(1) of coreutils 9.1 on a kernel without SELinux: it cannot say its context, and runs nothing. */
import { command, fail } from '../command'
import { HELP, VERSION } from './help'

export default command({
  summary: 'run command with specified security context', help: HELP, version: VERSION, stopAtOperand: true, failure: 125, size: 43_984,
  hidden: '  -c, --compute\n  -t, --type=TYPE\n  -u, --user=USER\n  -r, --role=ROLE\n  -l, --range=RANGE\n',
  *run(io, options) {
    if (options.operands.length === 0) return fail(io, 'failed to get current context: Invalid argument')
    return fail(io, 'runcon may be used only on a SELinux kernel')
  },
})
