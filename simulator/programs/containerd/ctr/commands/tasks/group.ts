/** ctr tasks: manage tasks, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'tasks',
  aliases: ['t', 'task'],
  usage: 'manage tasks',
  commands: ['attach', 'checkpoint', 'delete', 'exec', 'list', 'kill', 'pause', 'ps', 'resume', 'start', 'metrics'],
})
