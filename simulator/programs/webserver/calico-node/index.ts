import { sleeper } from '../sleeper'

export default sleeper('the network’s agent (it only waits)')
