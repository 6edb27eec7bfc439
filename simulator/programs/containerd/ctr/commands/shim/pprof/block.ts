/** ctr shim pprof block, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'

export default shimProfile('block', 'Goroutine blocking profile', '0')
