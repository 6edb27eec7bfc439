import { file } from '../entry'

/** The default mask of core(5). */
export default file(() => '00000033\n', { mode: 0o644 })
