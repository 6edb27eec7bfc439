/** kubectl create -f. */
import { resourceNamed } from '../../../../kubernetes/api/kinds'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, Refused } from '../command'
import { serverError } from '../errors'
import { named } from '../kinds'
import { readManifests } from '../manifests'

export default command({
  flags: ['filename', 'validate'],
  *run(context) {
    const { flags, io } = context
    if (flags.args[0] === 'namespace' || flags.args[0] === 'ns') {
      const name = flags.args[1] ?? ''
      const resource = resourceNamed('namespaces')
      if (resource) yield* context.api((api) => api.create(resource, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
      io.out(`namespace/${name} created\n`)
      return
    }
    if (flags.args.length > 0) throw new Refused(`kubectl: create ${flags.args[0]}: not simulated in this lab`)
    if (flags.all('filename').length === 0) throw new Refused('error: must specify one of -f and -k')
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
