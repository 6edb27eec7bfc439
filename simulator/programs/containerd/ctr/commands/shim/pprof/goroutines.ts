/** ctr shim pprof goroutines, as ctr 2.2.0 has it. */
import { shimProfile } from '../../../shim-profile'

export default shimProfile('goroutines', 'Print goroutine stack dump', '2')
