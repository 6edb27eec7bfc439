/** sha384sum(1) of coreutils 9.1. */
import { ALGORITHMS, sums } from '../digests'
import { HELP, VERSION } from './help'

export default sums(ALGORITHMS.sha384, HELP, VERSION)
