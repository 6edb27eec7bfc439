import { unsimulatedKind } from '../../../kubernetes/api/objects'

/** An error that kubectl prints as it is. */
export class Refused extends Error {}

/** What the lab does not have: said plainly, with status 125. */
export class NotHere extends Error {}

/** Words for a name that is no resource of the lab's API. */
export function noResource(name: string): Error {
  const plural = unsimulatedKind(name)
  return plural === undefined ? new Refused(`error: the server doesn't have a resource type "${name}"`) : new NotHere(`kubectl: not simulated in this lab: ${plural}`)
}
