/** ctr pprof profile: CPU profile, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { duration } from '../../../../urfave/flag'

export default notSimulated({
  name: 'profile',
  usage: 'CPU profile',
  flags: [
    duration('seconds, s', 'duration for collection (seconds)', { value: '30s' }),
  ],
})
