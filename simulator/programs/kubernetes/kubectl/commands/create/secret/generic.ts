/** kubectl create secret generic (pkg/cmd/create/create_secret.go). */
import { encode } from '../../../../../../kernel/bytes'
import { toBase64 } from '../../../../../../kernel/base64'
import { command } from '../../../command'
import { dataOf } from '../../../data'
import { makeOrShow, MAKING, newMeta, newObject, oneName, sortedPairs } from '../../../generated'

export default command({
  flags: [...MAKING, 'from-literal', 'from-file', 'from-env-file', 'type'],
  *run(context) {
    const name = oneName(context)
    const data = (yield* dataOf(context)).map(([key, value]): [string, string] => [key, toBase64(encode(value))])
    const type = context.flags.text('type') ?? ''
    return yield* makeOrShow(context, newObject('v1', 'Secret', newMeta(context, name), { ...(data.length === 0 ? {} : { data: sortedPairs(data) }), ...(type === '' ? {} : { type }) }), 'secret')
  },
})
