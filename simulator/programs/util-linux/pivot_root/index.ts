/** pivot_root(8) of util-linux 2.38.1: another mount becomes the root; the old one comes to lie below it. */
import { Errno } from '../../../kernel/errno'
import { command } from '../command'
import { usageError } from '../../options'
import { HELP } from './help'

export default command({
  help: HELP,
  version: 'pivot_root from util-linux 2.38.1\n',
  paths: ['/sbin/pivot_root'],
  summary: 'change the root filesystem',
  *run(io, options) {
    const [root, old] = options.operands
    if (root === undefined || old === undefined || options.operands.length !== 2) {
      io.err('pivot_root: bad usage\n')
      return usageError(io)
    }
    try {
      io.sys.pivotRoot(root, old)
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      io.err(`pivot_root: failed to change root from \`${root}' to \`${old}': ${error.message}\n`)
      return 1
    }
    return 0
  },
})
