/** runc features: show the enabled features (runc 1.1.5 features.go, runc-features(8)). */
import { command } from '../../../urfave/command'
import { checkArguments } from '../arguments'
import { ownRunc } from '../../../../containerd/runc/release'
import { featuresOf } from '../features'

export default () => command({
  name: 'features',
  usage: 'show the enabled features',
  description: `Show the enabled features.
   The result is parsable as a JSON.
   See https://pkg.go.dev/github.com/opencontainers/runc/types/features for the type definition.
   The types are experimental and subject to change.
`,
  *run(context) {
    checkArguments(context, { exactly: 0 })
    context.io.out(`${JSON.stringify(featuresOf(yield* ownRunc(context.sys)), null, 4)}\n`)
  },
})
