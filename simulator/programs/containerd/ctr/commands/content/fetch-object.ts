/** ctr content fetch-object: retrieve objects from a remote, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { REGISTRY_FLAGS } from '../../flags'

export default notSimulated({
  name: 'fetch-object',
  usage: 'retrieve objects from a remote',
  args: '[flags] <remote> <object> [<hint>, ...]',
  description: 'Fetch objects by identifier from a remote.',
  flags: [
    ...REGISTRY_FLAGS,
  ],
})
