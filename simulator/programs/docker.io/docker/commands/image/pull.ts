/** docker pull (cli/command/image/pull.go). */
import { referenceFault } from '../../../../../containerd/cri/images'
import { command, Refused } from '../../command'
import { fullName, hasTag, pullTo } from '../../pull'

export default command({
  flags: ['quiet'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    const fault = referenceFault(name)
    if (fault !== undefined) throw new Refused(fault)
    const isQuiet = flags.is('quiet')
    if (!hasTag(name) && !isQuiet) io.out('Using default tag: latest\n')
    yield* io.flush()
    yield* pullTo(context, fullName(name), 1, isQuiet ? 'nothing' : 'progress')
    io.out(`${fullName(name)}\n`)
  },
})
