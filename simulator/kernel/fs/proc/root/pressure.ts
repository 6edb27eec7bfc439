/** Pressure stall information (accounting/psi.rst): nothing here ever stalls. */
import { folder, systemFile } from '../entry'

const some = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n'
const full = 'full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n'
const both = systemFile(() => some + full, { mode: 0o666 })

export default folder({ cpu: both, io: both, memory: both })
