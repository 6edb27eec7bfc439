/** kubectl cp: the copy itself is not simulated. */
import { command, Refused } from '../command'
import { NotHere } from '../refused'


export default command({
  flags: ['container', 'no-preserve', 'retries'],
  *run({ flags, io }) {
    if (flags.args.length !== 2) throw new Refused('error: source and destination are required')
    yield* io.flush()
    throw new NotHere('kubectl cp: not simulated in this lab')
  },
})
