/** ctr pprof threadcreate: goroutine thread creating profile, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'threadcreate',
  usage: 'goroutine thread creating profile',
})
