import { systemFile } from '../entry'

/** Listed as on a real node; what it would tell is not simulated. */
export default systemFile(() => '', { mode: 0o444 })
