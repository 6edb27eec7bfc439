/** kubectl create quota. */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName, sortedPairs } from '../../generated'

export default command({
  flags: [...MAKING, 'hard', 'scopes'],
  *run(context) {
    const name = oneName(context)
    const { flags } = context
    const hard = (flags.text('hard') ?? '').split(',').filter((text) => text !== '').map((text): [string, string] => {
      const [key = '', value, ...more] = text.split('=')
      if (value === undefined || more.length > 0) throw new Refused(`error: Invalid argument syntax ${text}, expected <resource>=<value>`)
      return [key, value]
    })
    const scopes = (flags.text('scopes') ?? '').split(',').filter((text) => text !== '')
    return yield* makeOrShow(context, newObject('v1', 'ResourceQuota', newMeta(context, name), { spec: { ...(hard.length === 0 ? {} : { hard: sortedPairs(hard) }), ...(scopes.length === 0 ? {} : { scopes }) }, status: {} }))
  },
})
