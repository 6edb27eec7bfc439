/** ctr pprof heap: dump heap profile, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { profile } from '../../pprof'

export default command({
  name: 'heap',
  usage: 'dump heap profile',
  *run(context) {
    return profile(context, 'heap')
  },
})
