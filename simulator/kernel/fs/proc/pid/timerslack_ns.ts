import { file } from '../entry'

/** The default of prctl(2) PR_SET_TIMERSLACK. */
export default file(() => '50000\n', { mode: 0o666 })
