import { systemFile } from '../entry'

export default systemFile(
  ({ kernel }) => `Linux version ${kernel.release} (builder@kernel) (gcc (GCC) 15.3.0, GNU ld (GNU Binutils) 2.46) ${kernel.version}\n`,
)
