/** ctr sandboxes: manage sandboxes, as ctr 1.7.28 has it (cmd/ctr/commands/sandboxes/sandboxes.go). */
import { group } from '../../../../urfave/command'

export default group({ name: 'sandboxes', aliases: ['sandbox', 'sb', 's'], usage: 'Manage sandboxes', commands: ['run', 'list', 'remove'] })
