/** ctr shim pprof profile, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'
import { duration } from '../../../../../urfave/flag'

export default shimProfile('profile', 'CPU profile', '0', duration('seconds, s', 'Duration for collection (seconds)', { value: '30s' }))
