/** ctr content: manage content, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'content',
  usage: 'manage content',
  commands: ['active', 'delete', 'edit', 'fetch', 'fetch-object', 'get', 'ingest', 'list', 'push-object', 'label', 'prune'],
})
