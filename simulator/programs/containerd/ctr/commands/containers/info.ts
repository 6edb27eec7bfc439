/** ctr containers info: get info about a container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect, loadContainer } from '../../client'
import { invalidArgument } from '../../../../../containerd/grpc'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'info',
  usage: 'get info about a container',
  args: 'CONTAINER',
  flags: [
    bool('spec', 'only display the spec'),
  ],
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw invalidArgument('container id must be provided')
    const container = yield* loadContainer(yield* connect(context), id)
    context.io.out(`${marshal(context.bool('spec') ? container.Spec : container, MARSHAL)}\n`)
  },
})
