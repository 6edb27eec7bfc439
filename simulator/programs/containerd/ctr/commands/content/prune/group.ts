/** ctr content prune: prunes content from the content store, as ctr 1.6.20 has it. */
import { group } from '../../../../../urfave/command'

export default group({
  name: 'prune',
  usage: 'prunes content from the content store',
  commands: ['references'],
})
