/** Who set which field, in objects that are printed whole: clients from 1.21 on leave it out of JSON and YAML unless it is asked for. */
import type { Run } from '../../../kernel/run'
import type { Resource } from '../../../kubernetes/api/kinds'
import type { ApiObject } from '../../../kubernetes/api/objects'
import type { Context } from './command'
import type { Format } from './formats'

const HIDES = 21

export function* asTold({ api, flags, release }: Context, { name }: Format, objects: readonly { readonly resource: Resource; readonly object: ApiObject }[]): Run<{ readonly resource: Resource; readonly object: ApiObject }[]> {
  if ((name === 'json' || name === 'yaml') && release.minor >= HIDES && !flags.is('show-managed-fields')) return [...objects]
  return yield* api(function* (server) {
    return objects.map(({ resource, object }) => ({ resource, object: server.managed(object) }))
  })
}
