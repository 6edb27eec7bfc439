/** ctr pprof threadcreate: goroutine thread creating profile, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { profile } from '../../pprof'

export default command({
  name: 'threadcreate',
  usage: 'goroutine thread creating profile',
  *run(context) {
    return profile(context, 'threadcreate')
  },
})
