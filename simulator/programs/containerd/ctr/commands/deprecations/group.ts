/** ctr deprecations, as ctr 1.7.28 has it (cmd/ctr/commands/deprecations/deprecations.go). */
import { group } from '../../../../urfave/command'

export default group({ name: 'deprecations', usage: '', commands: ['list'] })
