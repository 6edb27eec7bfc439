/** containerd config default: the configuration without a file. */
import { command } from '../../../../urfave/command'
import { ownRelease } from '../../../../../containerd/release'
import { defaultConfig } from '../../defaults'

export default command({
  name: 'default',
  usage: 'see the output of the default config',
  *run(context) {
    context.io.out(yield* defaultConfig(yield* ownRelease(context.sys)))
  },
})
