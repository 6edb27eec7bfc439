/** ctr pprof goroutines: dump goroutine stack dump, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'goroutines',
  usage: 'dump goroutine stack dump',
})
