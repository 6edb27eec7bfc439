/** kubectl drain (pkg/cmd/drain, kubectl/pkg/drain/filters.go): what stands in the way is told; the eviction itself is not simulated. */
import type { Pod } from '../../../../kubernetes/api/objects'
import { isPod, pods } from '../../../../kubernetes/api/server'
import { command, Refused } from '../command'
import { nodesNamed, setSchedulable } from '../nodes'
import { NotHere } from '../refused'

/** How the releases word it. */
const NEWER = 22
const OLD_UNMANAGED = 'cannot delete Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet (use --force to override)'
const UNMANAGED = 'cannot delete Pods declare no controller (use --force to override)'
const DAEMONS = 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'
const LOCAL = 'cannot delete Pods with local storage (use --delete-emptydir-data to override)'

const ownerOf = (pod: Pod): string | undefined => pod.metadata.ownerReferences?.find((owner) => owner.controller)?.kind
const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined

export default command({
  flags: ['selector', 'dry-run', 'force', 'ignore-daemonsets', 'delete-emptydir-data', 'delete-local-data', 'grace-period', 'timeout', 'pod-selector', 'disable-eviction', 'skip-wait-for-delete-timeout'],
  *run(context) {
    const { flags, io, release } = context
    const targets = nodesNamed(context, 'drain')
    const code = yield* setSchedulable(context, targets, 'cordoned')
    if (code !== 0) return code
    for (const { name } of targets) {
      const { items } = yield* context.api((api) => api.list(pods()))
      const there = items.filter(isPod).filter((pod) => pod.spec.nodeName === name && !isMirror(pod))
      const isEnded = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
      const hindrances: [string, Pod[]][] = [
        [DAEMONS, flags.is('ignore-daemonsets') ? [] : there.filter((pod) => ownerOf(pod) === 'DaemonSet')],
        [LOCAL, flags.is('delete-emptydir-data') || flags.is('delete-local-data') ? [] : there.filter((pod) => ownerOf(pod) !== 'DaemonSet' && !isEnded(pod) && pod.spec.volumes?.some((volume) => volume.emptyDir !== undefined))],
        [release.minor < NEWER ? OLD_UNMANAGED : UNMANAGED, flags.is('force') ? [] : there.filter((pod) => ownerOf(pod) === undefined && !isEnded(pod))],
      ]
      const told = hindrances.filter(([, all]) => all.length > 0).map(([why, all]) => `${why}: ${all.map((pod) => `${pod.metadata.namespace}/${pod.metadata.name}`).join(', ')}`)
      if (told.length === 0) throw new NotHere('kubectl drain: not simulated in this lab: eviction')
      const pending = `There are pending nodes to be drained:\n ${name}`
      if (release.minor < NEWER) io.err(`error: unable to drain node "${name}", aborting command...\n\n${pending}\n${told.length === 1 ? 'error: ' : ''}${told.join('\n')}\n`)
      else throw new Refused(`error: unable to drain node "${name}" due to error:${told.length === 1 ? told[0] : `[${told.join(', ')}]`}, continuing command...\n${pending}\n${told.join('\n')}`)
      return 1
    }
    return 0
  },
})
