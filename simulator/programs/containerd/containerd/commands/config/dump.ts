/** containerd config dump: the default configuration with what the file says. */
import { command } from '../../../../urfave/command'
import { merged } from '../../dump'

export default command({
  name: 'dump',
  usage: 'see the output of the final main config with imported in subconfig files',
  *run(context) {
    context.io.out(yield* merged(context))
  },
})
