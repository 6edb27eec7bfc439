import { folder } from '../entry'

/** There as on a real node (runc mounts over it); nothing in it is simulated. */
export default folder<null>({})
