/** ctr pprof trace: collect execution trace, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { duration } from '../../../../urfave/flag'

export default notSimulated({
  name: 'trace',
  usage: 'collect execution trace',
  flags: [
    duration('seconds, s', 'trace time (seconds)', { value: '5s' }),
  ],
})
