/** kubectl create poddisruptionbudget (pkg/cmd/create/create_pdb.go). */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName, pairsOf } from '../../generated'

/** The first release that writes policy/v1. */
const STABLE = 21
const amount = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text)

export default command({
  flags: [...MAKING, 'selector', 'min-available', 'max-unavailable'],
  *run(context) {
    const name = oneName(context)
    const { flags, release } = context
    const [least, most] = [flags.text('min-available') ?? '', flags.text('max-unavailable') ?? '']
    if ((flags.text('selector') ?? '') === '') throw new Refused('error: a selector must be specified')
    if (least === '' && most === '') throw new Refused('error: one of min-available or max-unavailable must be specified')
    if (least !== '' && most !== '') throw new Refused('error: min-available and max-unavailable cannot be both specified')
    const matchLabels = Object.fromEntries(pairsOf((flags.text('selector') ?? '').split(','), (text) => `error: invalid label selector ${text}`))
    const spec = { ...(least === '' ? {} : { minAvailable: amount(least) }), selector: { matchLabels }, ...(most === '' ? {} : { maxUnavailable: amount(most) }) }
    const status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }
    return yield* makeOrShow(context, newObject(release.minor < STABLE ? 'policy/v1beta1' : 'policy/v1', 'PodDisruptionBudget', newMeta(context, name), { spec, status }))
  },
})
