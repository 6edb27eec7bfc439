/** cksum(1) of coreutils 9.1: the POSIX CRC, the sums of sum(1), or a digest by name. */
import { bareCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { argmatch, command, fail, wrongCall } from '../command'
import { bsd, crc, sysv } from '../crc'
import { ALGORITHMS, type Algorithm, checkList, chosenBits, sumLine } from '../digests'
import { openSource, reason, shown } from '../files'
import { HELP, VERSION } from './help'

type Choice = 'bsd' | 'sysv' | 'crc' | 'sm3' | Algorithm
const CHOICES: readonly (readonly [readonly string[], Choice])[] = [
  [['bsd'], 'bsd'], [['sysv'], 'sysv'], [['crc'], 'crc'], [['md5'], ALGORITHMS.md5], [['sha1'], ALGORITHMS.sha1], [['sha224'], ALGORITHMS.sha224], [['sha256'], ALGORITHMS.sha256],
  [['sha384'], ALGORITHMS.sha384], [['sha512'], ALGORITHMS.sha512], [['blake2b'], ALGORITHMS.blake2b], [['sm3'], 'sm3'],
]

export default command({
  unwritten: bareCloseout,
  summary: 'compute and verify file checksums',
  help: HELP, version: VERSION,
  *run(io, options) {
    const word = options.value('a')
    const choice = word === undefined ? 'crc' : argmatch(io, word, '--algorithm', CHOICES)
    if (choice === 'sm3' || options.has('debug')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    if (options.has('l') && choice !== ALGORITHMS.blake2b) return fail(io, '--length is only supported with --algorithm=blake2b')
    const { operands } = options
    const files = operands.length > 0 ? operands : ['-']
    let status = 0
    if (options.has('c')) {
      if (typeof choice === 'string' && word !== undefined) return fail(io, '--check is not supported with --algorithm={bsd,sysv,crc}')
      for (const path of files) if (!(yield* checkList(io, options, path, typeof choice === 'string' ? Object.values(ALGORITHMS) : [choice]))) status = 1
      return status
    }
    const misplaced = options.given.find((g) => ['ignore-missing', 'status', 'warn', 'quiet', 'strict'].includes(g.name))
    if (misplaced) return wrongCall(io, `the --${misplaced.name} option is meaningful only when verifying checksums`)
    for (const path of files) {
      try {
        const end = options.has('z') ? '\0' : '\n'
        if (typeof choice === 'string') io.out((yield* plain(io, choice, path, operands.length > 0 ? ` ${path}` : '')) + end)
        else io.out(yield* sumLine(io, path, choice, chosenBits(io, options, choice), options.last('tag', 'untagged') === 'untagged' ? 'text' : 'tag', end))
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})

function* plain(io: Io, choice: 'bsd' | 'sysv' | 'crc', path: string, name: string): Run<string> {
  const source = yield* openSource(io.sys, path)
  const { sum, bytes } = yield* { bsd, sysv, crc }[choice](io, source)
  source.close()
  if (choice === 'crc') return `${sum} ${bytes}${name}`
  return choice === 'sysv' ? `${sum} ${Math.ceil(bytes / 512)}${name}` : `${String(sum).padStart(5, '0')} ${String(Math.ceil(bytes / 1024)).padStart(5)}${name}`
}
