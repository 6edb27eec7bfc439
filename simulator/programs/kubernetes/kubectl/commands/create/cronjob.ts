/** kubectl create cronjob (pkg/cmd/create/create_cronjob.go). */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { jobTemplate } from '../../job'

/** The first release that writes batch/v1. */
const STABLE = 21

export default command({
  flags: [...MAKING, 'image', 'schedule', 'restart'],
  *run(context) {
    const { flags, release } = context
    const name = oneName(context)
    const [image, schedule] = [flags.text('image') ?? '', flags.text('schedule') ?? '']
    if (image === '') throw new Refused('error: --image must be specified')
    if (schedule === '') throw new Refused('error: --schedule must be specified')
    const restart = flags.text('restart') ?? 'OnFailure'
    const spec = { schedule, jobTemplate: { metadata: { name, creationTimestamp: null }, spec: jobTemplate(name, image, flags.rest ?? [], restart === 'Never' ? 'Never' : 'OnFailure') } }
    return yield* makeOrShow(context, newObject(release.minor < STABLE ? 'batch/v1beta1' : 'batch/v1', 'CronJob', newMeta(context, name), { spec, status: {} }), 'cronjob')
  },
})
