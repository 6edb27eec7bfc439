import { file } from '../entry'

/** Nothing to tell: no AVX-512 has been used (proc(5)). */
export default file(() => '', { mode: 0o444 })
