import { sleeper } from '../sleeper'

export default sleeper('the cluster’s name server (it only waits)')
