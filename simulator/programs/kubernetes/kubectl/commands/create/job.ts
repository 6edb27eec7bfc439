/** kubectl create job (pkg/cmd/create/create_job.go). */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { jobTemplate } from '../../job'
import { NotHere } from '../../refused'

export default command({
  flags: [...MAKING, 'image', 'from'],
  *run(context) {
    const { flags } = context
    const name = oneName(context)
    const [image, from] = [flags.text('image') ?? '', flags.text('from') ?? '']
    if ((image === '') === (from === '')) throw new Refused(image === '' ? 'error: either --image or --from must be specified' : 'error: either --image or --from must be specified')
    if (from !== '' && (flags.rest ?? []).length > 0) throw new Refused('error: cannot specify --from and command')
    if (from !== '') throw new NotHere('kubectl create job --from: not simulated in this lab')
    return yield* makeOrShow(context, newObject('batch/v1', 'Job', newMeta(context, name), { spec: jobTemplate(name, image, flags.rest ?? [], 'Never'), status: {} }), 'job')
  },
})
