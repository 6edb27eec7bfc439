/** kubectl top node. */
import { top } from '../../top'

export default top
