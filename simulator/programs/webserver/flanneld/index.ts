import { sleeper } from '../sleeper'

export default sleeper('gives each node its pods’ addresses (it only waits)')
