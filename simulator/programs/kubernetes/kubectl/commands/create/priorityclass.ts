/** kubectl create priorityclass. */
import { command } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'

export default command({
  flags: [...MAKING, 'value', 'description', 'global-default', 'preemption-policy'],
  *run(context) {
    const name = oneName(context)
    const { flags } = context
    const description = flags.text('description') ?? ''
    const { namespace: _, ...metadata } = newMeta(context, name)
    const rest = { value: flags.number('value'), ...(flags.is('global-default') ? { globalDefault: true } : {}), ...(description === '' ? {} : { description }), preemptionPolicy: flags.text('preemption-policy') ?? 'PreemptLowerPriority' }
    return yield* makeOrShow(context, newObject('scheduling.k8s.io/v1', 'PriorityClass', metadata, rest))
  },
})
