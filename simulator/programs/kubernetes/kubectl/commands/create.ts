/** kubectl create -f. */
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command } from '../command'
import { serverError } from '../errors'
import { named } from '../kinds'
import { readManifests } from '../manifests'

export default command({
  flags: ['filename', 'validate'],
  *run(context) {
    const { flags, io, release } = context
    if (flags.all('filename').length === 0) {
      io.err('Error: must specify one of -f and -k\n\n')
      if (flags.args.length > 0) throw context.misused(`unknown command ${JSON.stringify(flags.args.join(' '))}`)
      io.err(yield* release.help('create'))
      return 1
    }
    if (flags.args.length > 0) throw context.misused(`unknown command ${JSON.stringify(flags.args.join(' '))}`)
    let code = 0
    for (const { object, resource, file } of yield* readManifests(context, 'create')) {
      const namespace = object.metadata.namespace ?? context.namespace
      try {
        const made = yield* context.api((api) => api.create(resource, { ...object, metadata: { ...object.metadata, ...(resource.namespaced ? { namespace } : {}) } }))
        io.out(`${named(resource, made.metadata.name)} created\n`)
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
        io.err(serverError(error, `error when creating "${file}"`))
        code = 1
      }
    }
    return code
  },
})
