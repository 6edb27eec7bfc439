/** kubectl top pod. */
import { top } from '../../top'

export default top
