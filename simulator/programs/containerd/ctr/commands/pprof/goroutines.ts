/** ctr pprof goroutines: dump goroutine stack dump, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { profile } from '../../pprof'

export default command({
  name: 'goroutines',
  usage: 'dump goroutine stack dump',
  *run(context) {
    return profile(context, 'goroutine?debug=2')
  },
})
