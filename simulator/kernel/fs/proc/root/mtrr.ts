/** /proc/mtrr: memory type ranges, of which a virtual machine has none. */
import { systemFile } from '../entry'

export default systemFile(() => '', { mode: 0o644 })
