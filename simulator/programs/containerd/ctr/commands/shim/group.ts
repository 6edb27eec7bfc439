/** ctr shim: interact with a shim directly, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'

export default group({
  name: 'shim',
  usage: 'interact with a shim directly',
  flags: [
    string('id', 'container id'),
  ],
  commands: ['delete', 'exec', 'start', 'state'],
})
