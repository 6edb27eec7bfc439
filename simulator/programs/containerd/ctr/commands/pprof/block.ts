/** ctr pprof block: goroutine blocking profile, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { profile } from '../../pprof'

export default command({
  name: 'block',
  usage: 'goroutine blocking profile',
  *run(context) {
    return profile(context, 'block')
  },
})
