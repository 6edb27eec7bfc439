/** kubectl set image (pkg/cmd/set/set_image.go), of pods and of templates of pods: `CONTAINER=IMAGE …`, a star for every container. */
import type { Container } from '../../../../../kubernetes/api/objects'
import { podSpecOf, withPodSpec } from '../../../../../kubernetes/api/workloads'
import { command, Refused } from '../../command'
import { dryRunOf } from '../../dry-run'
import { formatOf, printFormatted } from '../../formats'
import { named } from '../../kinds'
import { NotHere } from '../../refused'
import { eachFound, mustBeNamed, targetsOf } from '../../targets'

export default command({
  flags: ['all', 'selector', 'filename', 'dry-run', 'output'],
  *run(context) {
    const { flags, io } = context
    const images = flags.args.filter((word) => word.includes('=')).map((word): [string, string] => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])
    const words = flags.args.filter((word) => !word.includes('='))
    if (words.length === 0 && flags.all('filename').length === 0) throw new Refused('error: one or more resources must be specified as <resource> <name> or <resource>/<name>')
    if (images.length === 0) throw new Refused('error: at least one image update is required')
    const isDry = dryRunOf(context) === 'client'
    const targets = yield* targetsOf(context, words)
    mustBeNamed(context, targets)
    return yield* eachFound(context, targets, function* ({ resource, object }) {
      const spec = podSpecOf(object)
      if (!spec) throw new NotHere(`kubectl set image: not simulated in this lab: ${resource.plural}`)
      const { containers, initContainers = [] } = spec
      for (const [name] of images) if (name !== '*' && ![...containers, ...initContainers].some((c) => c.name === name)) throw new Refused(`error: unable to find container named ${JSON.stringify(name)}`)
      const imageOf = (name: string, old: string): string => images.findLast(([wanted]) => wanted === name || wanted === '*')?.[1] ?? old
      const changed = (some: readonly Container[]): Container[] => some.map((c) => ({ ...c, image: imageOf(c.name, c.image) }))
      const next = withPodSpec(object, { ...spec, containers: changed(containers), ...(initContainers.length > 0 ? { initContainers: changed(initContainers) } : {}) })
      const isSame = JSON.stringify(next) === JSON.stringify(object)
      if (!isSame && !isDry) yield* context.api((api) => api.update(resource, next))
      const output = flags.text('output')
      if (output !== undefined) io.out(printFormatted(formatOf(output), [{ resource, object: next }], 'one', 'headers'))
      else if (!isSame) io.out(`${named(resource, object.metadata.name)} image updated${isDry ? ' (dry run)' : ''}\n`)
    })
  },
})
