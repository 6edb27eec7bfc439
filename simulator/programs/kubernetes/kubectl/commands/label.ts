/** kubectl label (pkg/cmd/label/label.go). */
import { command, Refused } from '../command'
import { editMetadata, METADATA_FLAGS, splitWords } from '../metadata'

const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const DONE = { changed: 'labeled', removed: 'unlabeled', unchanged: 'not labeled' } as const

export default command({
  flags: METADATA_FLAGS,
  *run(context) {
    for (const [key, value] of splitWords(context.flags.args).change.set) if (!VALUE.test(value)) throw new Refused(`error: invalid label value: "${key}=${value}": ${VALUE_WORDS}`)
    return yield* editMetadata(context, {
      field: 'labels', one: 'label', done: (how) => DONE[how],
      taken: (taken) => taken.map(([key, value]) => `'${key}' already has a value (${value}), and --overwrite is false`).join(', '),
    })
  },
})
