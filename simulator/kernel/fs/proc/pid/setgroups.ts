import { file } from '../entry'

export default file(() => 'allow\n', { mode: 0o644 })
