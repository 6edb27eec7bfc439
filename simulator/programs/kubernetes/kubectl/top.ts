/** kubectl top: there is no metrics server in the lab's clusters, as in those that an installer has just made. */
import { command, Refused } from './command'

export const top = command({
  flags: ['all-namespaces', 'containers', 'selector', 'sort-by', 'no-headers', 'use-protocol-buffers', 'show-capacity', 'sum', 'field-selector'],
  *run(context) {
    yield* context.api(function* (api) {
      return api.version
    })
    throw new Refused('error: Metrics API not available')
  },
})
