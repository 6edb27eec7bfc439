/** /proc/PID/task/TID/children: the children that this thread made, by their numbers (proc(5)); here the leader makes them all. */
import { file } from './entry'

export default file((task, look) => (look.thread ? '' : [...task.children].map((child) => child.pidIn(look.pids)).filter((pid) => pid > 0).sort((a, b) => a - b).map((pid) => `${pid} `).join('')))
