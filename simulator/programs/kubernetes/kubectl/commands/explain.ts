/** kubectl explain: knows the kinds; the schema's texts are not simulated. */
import { resourceNamed } from '../../../../kubernetes/api/kinds'
import { command, Refused } from '../command'
import { NotHere } from '../refused'

export default command({
  flags: ['api-version', 'recursive', 'output'],
  *run(context) {
    const { args } = context.flags
    const [word] = args
    if (word === undefined) throw new Refused('error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\nSee \'kubectl explain -h\' for help and examples')
    if (args.length > 1) throw new Refused("error: We accept only this format: explain RESOURCE\nSee 'kubectl explain -h' for help and examples")
    const [kind = ''] = word.split(/[./]/)
    yield* context.api(function* (api) {
      return api.version
    })
    if (!resourceNamed(kind)) throw new Refused(`the server doesn't have a resource type "${kind}"`)
    throw new NotHere(`kubectl explain: not simulated in this lab: ${kind}`)
  },
})
