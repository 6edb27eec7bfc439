/** /proc/execdomains (kernel/exec_domain.c). */
import { systemFile } from '../entry'

export default systemFile(() => '0-0\tLinux           \t[kernel]\n')
