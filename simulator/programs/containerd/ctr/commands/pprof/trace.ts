/** ctr pprof trace: collect execution trace, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { duration } from '../../../../urfave/flag'
import { profile } from '../../pprof'

export default command({
  name: 'trace',
  usage: 'collect execution trace',
  flags: [
    duration('seconds, s', 'trace time (seconds)', { value: '5s' }),
  ],
  *run(context) {
    return profile(context, `trace?seconds=${Math.trunc(context.duration('seconds') / 1_000_000_000)}`)
  },
})
