import { file } from '../entry'

/** Kernel samepage merging is not simulated: no page is shared. */
export default file(() => '0\n', { mode: 0o400 })
