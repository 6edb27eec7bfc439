import { sleeper } from '../sleeper'

export default sleeper('the web server of the nginx image (it only waits)')
