/** ctr leases: manage leases, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'leases',
  usage: 'manage leases',
  commands: ['list', 'create', 'delete'],
})
