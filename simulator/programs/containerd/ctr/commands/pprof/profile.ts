/** ctr pprof profile: CPU profile, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { duration } from '../../../../urfave/flag'
import { profile } from '../../pprof'

export default command({
  name: 'profile',
  usage: 'CPU profile',
  flags: [
    duration('seconds, s', 'duration for collection (seconds)', { value: '30s' }),
  ],
  *run(context) {
    return profile(context, `profile?seconds=${Math.trunc(context.duration('seconds') / 1_000_000_000)}`)
  },
})
