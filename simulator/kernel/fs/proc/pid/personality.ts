import { file } from '../entry'

export default file(() => '00000000\n', { mode: 0o400 })
