import type { Task } from '../../task'
import { mqueueFs } from '../mqueue'

/** mq_overview(7): the queues of the mounter's ipc namespace. */
export default { name: 'mqueue', make: ({ kernel, ns }: Task) => mqueueFs(kernel, ns.ipc) }
