/** The kind that a word on the command line names (client-go restmapper), and whether the lab can answer for it. */
import { qualified, type Resource, resourceNamed } from '../../../kubernetes/api/kinds'
import { NotHere, Refused } from './refused'

/** Where the objects of a kind that the lab keeps none of may be in a new cluster. */
const SYSTEM = 'kube-system'

const unknown = (name: string): Refused => new Refused(`error: the server doesn't have a resource type "${name}"`)

/** For questions: the answer may be that there are none. `namespace`: undefined for all. */
export function kindAsked(name: string, namespace: string | undefined): Resource {
  const resource = resourceNamed(name)
  if (!resource) throw unknown(name.split('.')[0] ?? '')
  if (resource.objects === 'untold' || ((resource.objects === 'system' || resource.objects === 'own') && (namespace === undefined || namespace === SYSTEM))) throw new NotHere(`kubectl: not simulated in this lab: ${resource.plural}`)
  return resource
}

/** For objects that are to be made. */
export function mustBeKept(resource: Resource): void {
  if (resource.objects !== 'kept' && resource.objects !== 'own') throw new NotHere(`kubectl: not simulated in this lab: ${resource.plural}`)
}

/** As commands that changed an object name it: `pod/x`, `deployment.apps/x`. */
export const named = (resource: Resource, name: string): string => `${qualified(resource, resource.singular)}/${name}`
