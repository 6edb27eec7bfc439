/** ctr shim pprof heap, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'

export default shimProfile('heap', 'Dump heap profile', '0')
