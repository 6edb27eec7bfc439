/** /proc/PID/net: the network as that process's namespace has it (kernel/net/proc.ts writes the files). */
import { NET_FILES } from '../../../net/proc'
import { file, folder } from '../entry'

export default folder(Object.fromEntries(Object.entries(NET_FILES).map(([name, render]) => [name, file((task) => render(task.ns.net))])))
