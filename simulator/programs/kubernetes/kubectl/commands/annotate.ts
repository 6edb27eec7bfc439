/** kubectl annotate (pkg/cmd/annotate/annotate.go of 1.27, which says `annotate` of what it has done). */
import { command } from '../command'
import { editMetadata, METADATA_FLAGS } from '../metadata'

export default command({
  flags: METADATA_FLAGS,
  *run(context) {
    return yield* editMetadata(context, {
      field: 'annotations', one: 'annotation', done: () => 'annotate',
      taken: (taken) => `--overwrite is false but found the following declared annotation(s): ${taken.map(([key, value]) => `'${key}' already has a value (${value})`).join('; ')}`,
    })
  },
})
