/** tee(1) of coreutils 9.1. */
import { SIG } from '../../../kernel/signals'
import { argmatch, command } from '../command'
import { openSource, reason, shown } from '../files'
import { HELP, VERSION } from './help'

const ON_ERROR: readonly (readonly [readonly string[], 'warn' | 'exit'])[] = [[['warn'], 'warn'], [['warn-nopipe'], 'warn'], [['exit'], 'exit'], [['exit-nopipe'], 'exit']]

export default command({
  summary: 'read from standard input and write to standard output and files',
  help: HELP, version: VERSION,
  *run(io, options) {
    let status = 0
    const errors = options.value('output-error')
    const ends = errors !== undefined && argmatch(io, errors, '--output-error', ON_ERROR) === 'exit'
    if (options.has('i')) io.sys.signal(SIG.SIGINT, 'ignore')
    const outputs: { fd: number; name: string }[] = [{ fd: 1, name: 'standard output' }]
    for (const name of options.operands) {
      try {
        outputs.push({ fd: yield* io.sys.open(name, { write: true, create: true, append: options.has('a'), truncate: !options.has('a') }, 0o666), name })
      } catch (error) {
        io.err(`${io.name}: ${shown(name)}: ${reason(error)}\n`)
        if (ends) return 1
        status = 1
      }
    }
    const source = yield* openSource(io.sys, '-')
    for (;;) {
      const bytes = yield* source.read()
      if (bytes.length === 0) return status
      for (const output of [...outputs]) {
        try {
          yield* io.sys.write(output.fd, bytes)
        } catch (error) {
          io.err(`${io.name}: ${shown(output.name)}: ${reason(error)}\n`)
          if (ends) return 1
          outputs.splice(outputs.indexOf(output), 1)
          status = 1
        }
      }
    }
  },
})
