/** ctr plugins: provides information about containerd plugins, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'plugins',
  aliases: ['plugin'],
  usage: 'provides information about containerd plugins',
  commands: ['list'],
})
