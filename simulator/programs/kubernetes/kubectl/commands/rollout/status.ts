/** kubectl rollout status: of the lab's kinds none is rolled out. */
import { Refused } from '../../command'
import { onlyAsked } from '../../asked'

export default onlyAsked('rollout status', ['revision', 'to-revision', 'watch', 'timeout', 'dry-run', 'output'], ({ flags }) => {
  if (flags.args.length === 0 && flags.all('filename').length === 0) throw new Refused('error: required resource not specified')
})
