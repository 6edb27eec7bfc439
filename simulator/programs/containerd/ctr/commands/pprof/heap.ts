/** ctr pprof heap: dump heap profile, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'heap',
  usage: 'dump heap profile',
})
