/** ctr content push-object: push an object to a remote, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { REGISTRY_FLAGS } from '../../flags'

export default notSimulated({
  name: 'push-object',
  usage: 'push an object to a remote',
  args: '[flags] <remote> <object> <type>',
  description: 'Push objects by identifier to a remote.',
  flags: [
    ...REGISTRY_FLAGS,
  ],
})
