/** nginx: leaves at once on SIGQUIT, its image's stop signal, and on SIGTERM (recordings of the Kubernetes stories). */
import { SIG } from '../../../kernel/signals'
import { sleeper } from '../sleeper'

export default sleeper('the web server of the nginx image (it only waits)', [SIG.SIGINT, SIG.SIGTERM, SIG.SIGQUIT])
