/** kubectl auth can-i, for the administrator that the kubeconfig names: a cluster's admin may do all (pkg/cmd/auth/cani.go). */
import { resourceNamed } from '../../../../../kubernetes/api/kinds'
import { command, Refused } from '../../command'
import { NotHere } from '../../refused'

const NEWER_WORDS = 24
const OLD = 'you must specify two or three arguments: verb, resource, and optional resourceName'
const NOW = 'you must specify two arguments: verb resource or verb resource/resourceName.'

export default command({
  flags: ['all-namespaces', 'quiet', 'subresource'],
  *run(context) {
    const { flags, io, release } = context
    const [, type = '', ...more] = flags.args
    if (flags.args.length < 2 || more.length > 1) throw new Refused(release.minor < NEWER_WORDS ? `error: ${OLD}` : `error: ${NOW}\nSee 'kubectl auth can-i -h' for help and examples.`)
    yield* context.api(function* (api) {
      return api.version
    })
    const [kind = ''] = type.split('/')
    if (kind !== '*' && kind !== '' && !resourceNamed(kind)) io.err(`Warning: the server doesn't have a resource type '${kind}'\n`)
    else if (kind !== '*' && resourceNamed(kind)?.namespaced === false && !flags.is('all-namespaces')) throw new NotHere(`kubectl auth can-i: not simulated in this lab for ${kind}`)
    if (!flags.is('quiet')) io.out('yes\n')
    return 0
  },
})
