/** ctr run: run a container, as ctr 1.6.20 has it. */
import { command } from '../../../urfave/command'
import { bool, float, int, string } from '../../../urfave/flag'
import { CONTAINER_FLAGS } from '../flags'
import { connect } from '../client'
import { Failure } from '../../../urfave/context'
import { deleteContainer, newContainer } from '../container'
import { quietly, runTask } from '../task'

export default command({
  name: 'run',
  usage: 'run a container',
  args: '[flags] Image|RootFS ID [COMMAND] [ARG...]',
  flags: [
    bool('rm', 'remove the container after running, cannot be used with --detach'),
    bool('null-io', 'send all IO to /dev/null'),
    string('log-uri', 'log uri'),
    bool('detach, d', 'detach from the task after it has started execution, cannot be used with --rm'),
    string('fifo-dir', 'directory used for storing IO FIFOs'),
    string('cgroup', 'cgroup path (To disable use of cgroup, set to "" explicitly)'),
    string('platform', 'run image for specific platform'),
    bool('cni', 'enable cni networking for the container'),
    string('runc-binary', 'specify runc-compatible binary'),
    string('runc-root', 'specify runc-compatible root'),
    bool('runc-systemd-cgroup', 'start runc with systemd cgroup manager'),
    string('uidmap', 'run inside a user namespace with the specified UID mapping range; specified with the format `container-uid:host-uid:length`'),
    string('gidmap', 'run inside a user namespace with the specified GID mapping range; specified with the format `container-gid:host-gid:length`'),
    bool('remap-labels', 'provide the user namespace ID remapping to the snapshotter via label options; requires snapshotter support'),
    float('cpus', 'set the CFS cpu quota'),
    int('cpu-shares', 'set the cpu shares', { value: '1024' }),
    ...CONTAINER_FLAGS,
  ],
  flagsFirst: 'only',
  *run(context) {
    const isConfig = context.isSet('config')
    if (isConfig && context.args.length > 1) throw new Failure('with spec config file, only container id should be provided')
    if (!isConfig && context.arg(0) === '') throw new Failure('image ref must be provided')
    if (context.arg(isConfig ? 0 : 1) === '') throw new Failure('container id must be provided')
    const isRemoved = context.bool('rm')
    if (isRemoved && context.bool('detach')) throw new Failure('flags --detach and --rm cannot be specified together')
    const client = yield* connect(context)
    const container = yield* newContainer(context, client)
    try {
      return yield* runTask(context, client, container, { terminal: context.bool('tty') ? 'tty' : 'pipes' })
    } finally {
      if (isRemoved) yield* quietly(deleteContainer(client, container, 'clean'))
    }
  },
})
