/** kubectl expose: asks for what is to be exposed; services of one's own are not simulated. */
import { onlyAsked } from '../asked'

export default onlyAsked('expose', ['port', 'name', 'type', 'target-port', 'protocol', 'dry-run', 'output', 'cluster-ip', 'external-ip', 'labels'], () => {})
