/** /proc/key-users: keys that each user has, and may have (keyrings(7)). Only the kernel made some. */
import { systemFile } from '../entry'

export default systemFile(() => '    0:     6 5/5 0/1000000 0/25000000\n')
