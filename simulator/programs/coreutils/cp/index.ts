/** cp(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { copy, destinations } from '../copying'
import { HELP, VERSION } from './help'

export default command({
  summary: 'copy files and directories', help: HELP, version: VERSION,
  *run(io, options) {
    const pairs = destinations(io, options.operands, options.value('t'), options.has('T'))
    if (!Array.isArray(pairs)) {
      io.err(`${io.name}: ${pairs.message}\n`)
      return pairs.usage ? usageError(io) : 1
    }
    const archive = options.has('a')
    const preserve = new Set<string>()
    if (archive || options.has('p')) for (const what of ['mode', 'ownership', 'timestamps']) preserve.add(what)
    for (const { name, value } of options.given) if (name === 'preserve') for (const what of (value ?? 'mode,ownership,timestamps').split(',')) for (const w of what === 'all' ? ['mode', 'ownership', 'timestamps'] : [what]) preserve.add(w)
    const recursive = archive || options.has('r', 'R')
    let status = 0
    for (const [from, to] of pairs) {
      const done = yield* copy(io, from, to, {
        recursive, follow: options.has('L') || (!recursive && !options.has('P', 'd')) ? 'all' : 'none', preserve, force: options.has('f'), noClobber: options.has('n'),
        update: options.has('u'), verbose: options.has('v'), link: options.has('l') ? 'hard' : options.has('s') ? 'symbolic' : 'copy',
      })
      if (!done) status = 1
    }
    return status
  },
})
