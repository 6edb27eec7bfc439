/** unshare(1) of util-linux 2.38.1: new namespaces for a program. Mapping of ids, persistent namespaces and clock offsets are not simulated. */
import { Errno } from '../../../kernel/errno'
import type { NamespaceType } from '../../../kernel/namespaces/types'
import { program } from '../../program'
import { launch, launchForked } from '../launch'
import { HELP } from './help'

const KINDS = new Map<string, NamespaceType>([
  ['m', 'mnt'], ['mount', 'mnt'], ['u', 'uts'], ['uts', 'uts'], ['i', 'ipc'], ['ipc', 'ipc'], ['n', 'net'], ['net', 'net'], ['p', 'pid'], ['pid', 'pid'],
  ['U', 'user'], ['user', 'user'], ['C', 'cgroup'], ['cgroup', 'cgroup'], ['T', 'time'], ['time', 'time'],
])

export default program({
  paths: ['/usr/bin/unshare'],
  summary: 'run program in new namespaces',
  *run(io) {
    const types = new Set<NamespaceType>()
    const args = [...io.args]
    let forks = 'no'
    let proc: string | undefined
    const refuse = (): number => {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    while (args[0]?.startsWith('-') && args[0] !== '-') {
      const arg = args.shift() ?? ''
      if (arg === '--') break
      const words = arg.startsWith('--') ? [arg.slice(2)] : [...arg.slice(1)]
      for (const word of words) {
        const kind = KINDS.get(word)
        if (word === 'h' || word === 'help') {
          io.out(HELP)
          return 0
        }
        if (word === 'V' || word === 'version') {
          io.out('unshare from util-linux 2.38.1\n')
          return 0
        }
        if (kind) types.add(kind)
        else if (word === 'f' || word === 'fork') forks = 'yes'
        else if (word === 'mount-proc' || word.startsWith('mount-proc=')) {
          types.add('mnt')
          proc = word.slice('mount-proc='.length) || '/proc'
        } else return refuse()
      }
    }
    try {
      io.sys.unshare([...types])
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      io.err(`${io.name}: unshare failed: ${error.message}\n`)
      return 1
    }
    if (proc !== undefined && forks === 'no') io.sys.mount('proc', proc, 'proc', 'nosuid,noexec,nodev')
    if (forks === 'no') return yield* launch(io, io.sys, args)
    const mountPoint = proc
    if (mountPoint === undefined) return yield* launchForked(io, args)
    return yield* launchForked(io, args, (sys) => sys.mount('proc', mountPoint, 'proc', 'nosuid,noexec,nodev'))
  },
})
