/** containerd publish: an event for containerd, as the shims' publish-binary (cmd/containerd/command/publish.go). */
import { invalidArgument } from '../../../../containerd/grpc'
import { command } from '../../../urfave/command'
import { string } from '../../../urfave/flag'

export default command({
  name: 'publish',
  usage: 'binary to publish events to containerd',
  flags: [
    string('namespace', 'namespace to publish to'),
    string('topic', 'topic of the event'),
  ],
  *run(context) {
    if (context.string('topic') === '') throw invalidArgument('topic required to publish event')
    return context.refuse('publish')
  },
})
