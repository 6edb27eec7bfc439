/** kubectl scale (pkg/cmd/scale/scale.go): deployments and replica sets. Recording: golden deployment. */
import { isDeployment, isReplicaSet } from '../../../../kubernetes/api/workloads'
import { ApiStatus } from '../../../../kubernetes/api/status'
import { command, Refused } from '../command'
import { named } from '../kinds'
import { eachFound, targetsOf } from '../targets'

/** Errors of flags begin in lower case from here on. */
const NEWER_WORDS = 25
/** From here on who scales is told among those who set fields. */
const TRACKS_SCALE = 22
/** From here on an object that is not there is one less to scale. */
const COUNTS_OBJECTS = 27

export default command({
  flags: ['replicas', 'current-replicas', 'filename', 'all', 'selector'],
  *run(context) {
    const { flags, io, release } = context
    const wanted = flags.text('replicas')
    if (wanted === undefined) throw new Refused(`${release.minor < NEWER_WORDS ? 'E' : 'e'}rror: required flag(s) "replicas" not set`)
    const replicas = Number(wanted)
    if (replicas < 0) throw new Refused(`error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0`)
    const current = Number(flags.text('current-replicas') ?? -1)
    const targets = yield* targetsOf(context, flags.args)
    let count = 0
    const work = function* ({ resource, object }: Parameters<Parameters<typeof eachFound>[2]>[0]) {
      count++
      if (!isDeployment(object) && !isReplicaSet(object)) throw new ApiStatus('NotFound', 'the server could not find the requested resource')
      if (current >= 0 && object.spec.replicas !== current) throw new Refused(`error: Expected replicas to be ${current}, was ${object.spec.replicas}`)
      const scaled = { ...object, spec: { ...object.spec, replicas } }
      yield* context.api((api) => (Number(api.version.split('.')[1]) < TRACKS_SCALE ? api.as('') : api).update(resource, scaled))
      io.out(`${named(resource, object.metadata.name)} scaled\n`)
    }
    const code = yield* eachFound(context, targets, work, release.minor < COUNTS_OBJECTS ? 'fails' : 'passes')
    if (count > 0 || code !== 0) return code
    throw new Refused('error: no objects passed to scale')
  },
})
