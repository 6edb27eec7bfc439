/** kubectl alpha: a group that has nothing in it in either release. */
import { command } from '../command'

/** From here on it says so. */
const SAYS_SO = 22

export default command({
  flags: [],
  *run({ io, release }) {
    if (release.minor >= SAYS_SO) io.err('No alpha commands are available in this version of kubectl\n')
    else io.out(yield* release.help('alpha'))
    return 0
  },
})
