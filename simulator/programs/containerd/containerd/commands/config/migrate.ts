/** containerd config migrate: the file in the latest version of its form, with all that it does not say (2.x). */
import { command } from '../../../../urfave/command'
import { merged } from '../../dump'

export default command({
  name: 'migrate',
  usage: 'Migrate the current configuration file to the latest version (does not migrate subconfig files)',
  *run(context) {
    context.io.out(yield* merged(context))
  },
})
