/** containerd config default: the configuration without a file. */
import { command } from '../../../../urfave/command'
import { DEFAULT_CONFIG } from '../../texts'

export default command({
  name: 'default',
  usage: 'see the output of the default config',
  *run(context) {
    context.io.out(DEFAULT_CONFIG)
  },
})
