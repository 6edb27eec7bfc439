import { sleeper } from '../sleeper'

export default sleeper('programs service addresses (it only waits)')
