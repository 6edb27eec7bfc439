/** ctr shim pprof threadcreate, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'

export default shimProfile('threadcreate', 'Goroutine thread creating profile', '0')
