/** ctr plugins inspect-runtime: what a runtime says of itself, as ctr 2.2.0 has it. */
import { notSimulated } from '../../../../urfave/command'
import { RUNTIME_FLAGS } from '../../releases/flags'

export default notSimulated({ name: 'inspect-runtime', usage: 'Display runtime info', args: '[flags]', flags: RUNTIME_FLAGS })
