/** kubectl scale: of the lab's kinds none has a scale. */
import { onlyAsked } from '../asked'

export default onlyAsked('scale', ['replicas', 'current-replicas', 'timeout', 'dry-run', 'output'], () => {})
