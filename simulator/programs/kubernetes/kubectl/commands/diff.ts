/** kubectl diff: needs files; what it does with them is not simulated. */
import { command } from '../command'
import { readManifests } from '../manifests'
import { NotHere } from '../refused'

/** The status of trouble. */
const TROUBLE = 2

export default command({
  flags: ['filename', 'recursive', 'validate', 'force', 'output', 'dry-run'],
  *run(context) {
    if (context.flags.all('filename').length === 0) {
      context.io.err('error: must specify one of -f and -k\n')
      return TROUBLE
    }
    yield* readManifests(context, 'replace')
    throw new NotHere('kubectl diff: not simulated in this lab')
  },
})
