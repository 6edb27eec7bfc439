/** ctr containers create: create container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { CONTAINER_FLAGS } from '../../flags'
import { connect } from '../../client'
import { invalidArgument } from '../../../../../containerd/grpc'
import { newContainer } from '../../container'

export default command({
  name: 'create',
  usage: 'create container',
  args: '[flags] Image|RootFS CONTAINER [COMMAND] [ARG...]',
  flags: [
    ...CONTAINER_FLAGS,
  ],
  *run(context) {
    const isConfig = context.isSet('config')
    if (isConfig && context.args.length > 1) throw invalidArgument('with spec config file, only container id should be provided')
    if (!isConfig && context.arg(0) === '') throw invalidArgument('image ref must be provided')
    if (context.arg(isConfig ? 0 : 1) === '') throw invalidArgument('container id must be provided')
    yield* newContainer(context, yield* connect(context))
  },
})
