/** ctr shim pprof trace, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'
import { duration } from '../../../../../urfave/flag'

export default shimProfile('trace', 'Collect execution trace', '0', duration('seconds, s', 'Trace time (seconds)', { value: '5s' }))
