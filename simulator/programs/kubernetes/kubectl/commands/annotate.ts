/** kubectl annotate (pkg/cmd/annotate/annotate.go). */
import { command } from '../command'
import { editMetadata, METADATA_FLAGS } from '../metadata'

/** From here on it says `annotate` of what it has done. */
const SAYS_ANNOTATE = 24

export default command({
  flags: METADATA_FLAGS,
  *run(context) {
    return yield* editMetadata(context, {
      field: 'annotations', one: 'annotation', done: () => (context.release.minor < SAYS_ANNOTATE ? 'annotated' : 'annotate'),
      taken: (taken) => `--overwrite is false but found the following declared annotation(s): ${taken.map(([key, value]) => `'${key}' already has a value (${value})`).join('; ')}`,
    })
  },
})
