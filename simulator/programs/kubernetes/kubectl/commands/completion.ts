/** kubectl completion: the scripts themselves are not simulated. */
import { command } from '../command'
import { NotHere } from '../refused'

const SHELLS = { old: ['bash', 'zsh'], now: ['bash', 'fish', 'powershell', 'zsh'] }
const NEWER = 22

export default command({
  flags: [],
  *run(context) {
    const [shell, ...more] = context.flags.args
    if (shell === undefined) throw context.misused('Shell not specified.')
    if (more.length > 0) throw context.misused('Too many arguments. Expected only the shell type.')
    if (!(context.release.minor < NEWER ? SHELLS.old : SHELLS.now).includes(shell)) throw context.misused(`Unsupported shell type ${JSON.stringify(shell)}.`)
    yield* context.io.flush()
    throw new NotHere(`kubectl completion ${shell}: not simulated in this lab`)
  },
})
