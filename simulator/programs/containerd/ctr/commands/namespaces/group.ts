/** ctr namespaces: manage namespaces, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'namespaces',
  aliases: ['namespace', 'ns'],
  usage: 'manage namespaces',
  commands: ['create', 'list', 'remove', 'label'],
})
