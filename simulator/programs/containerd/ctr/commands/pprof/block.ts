/** ctr pprof block: goroutine blocking profile, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'block',
  usage: 'goroutine blocking profile',
})
