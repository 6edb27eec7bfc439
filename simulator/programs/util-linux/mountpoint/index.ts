/** mountpoint(1) of util-linux 2.38.1. */
import { Errno } from '../../../kernel/errno'
import { command } from '../command'
import { readMounts } from '../mounts'
import { HELP } from './help'

const majorMinor = (device: number): string => `${Math.floor(device / 1_048_576)}:${device % 1_048_576}`

export default command({
  help: HELP,
  version: 'mountpoint from util-linux 2.38.1\n',
  paths: ['/bin/mountpoint'],
  summary: 'see if a directory or file is a mountpoint',
  *run(io, options) {
    const [path] = options.operands
    if (path === undefined || options.operands.length !== 1) {
      io.err("mountpoint: bad usage\nTry 'mountpoint --help' for more information.\n")
      return 1
    }
    try {
      const stat = options.has('nofollow') ? io.sys.lstat(path) : io.sys.stat(path)
      if (options.has('devno')) {
        if (stat.kind !== 'blk') {
          if (!options.has('quiet')) io.err(`mountpoint: ${path}: not a block device\n`)
          return 32
        }
        io.out(`${majorMinor(stat.rdev)}\n`)
        return 0
      }
      const real = options.has('nofollow') && stat.kind === 'link' ? undefined : io.sys.realpath(path)
      const mounted = (yield* readMounts(io.sys)).some((m) => m.target === real)
      if (options.has('fs-devno') && mounted) io.out(`${majorMinor(stat.dev)}\n`)
      else if (!options.has('quiet')) io.out(`${path} is ${mounted ? '' : 'not '}a mountpoint\n`)
      return mounted ? 0 : 32
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      if (!options.has('quiet')) io.err(`mountpoint: ${path}: ${error.message}\n`)
      return 1
    }
  },
})
