/** docker tag (cli/command/image/tag.go). */
import { referenceFault } from '../../../../../containerd/cri/images'
import { command, Refused } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const [source = '', target = ''] = context.args
    for (const [text, words] of [[source, 'refusing to create a tag with a digest reference'], [target, '']] as const) {
      const fault = referenceFault(text)
      if (fault !== undefined) throw new Refused(`Error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag: ${fault}`)
      if (words === '' && text.includes('@')) throw new Refused('refusing to create a tag with a digest reference')
    }
    yield* context.call((docker) => docker.images.tag(source, target))
  },
})
