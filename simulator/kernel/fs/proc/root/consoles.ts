/** /proc/consoles: where the kernel's messages go (fs/proc/consoles.c). */
import { systemFile } from '../entry'

export default systemFile(() => 'ttyS0                -W- (EC  p a)    4:64\n')
