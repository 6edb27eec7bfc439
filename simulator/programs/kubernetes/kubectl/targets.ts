/** The objects that words on the command line name: `TYPE NAME…`, `TYPE/NAME …`, `TYPE --all`, `TYPE -l …` (cli-runtime pkg/resource). */
import { type ApiObject, type Resource, resourceNamed } from '../../../kubernetes/api/objects'
import type { Run } from '../../../kernel/run'
import type { Context } from './command'
import { noResource } from './refused'
import { matchesLabels } from './selectors'

export interface Found {
  readonly resource: Resource
  readonly object: ApiObject
}

export function kindNamed(text: string): Resource {
  const resource = resourceNamed(text)
  if (!resource) throw noResource(text)
  return resource
}

export function* objectsNamed(context: Context, words: readonly string[]): Run<Found[]> {
  const { flags, namespace } = context
  const get = function* (resource: Resource, name: string): Run<Found> {
    return { resource, object: yield* context.api((api) => api.get(resource, namespace, name)) }
  }
  const [first = '', ...names] = words
  const found: Found[] = []
  if (first.includes('/')) {
    for (const word of words) {
      const [type = '', name = ''] = word.split('/')
      found.push(yield* get(kindNamed(type), name))
    }
    return found
  }
  const resource = kindNamed(first)
  for (const name of names) found.push(yield* get(resource, name))
  const selector = flags.text('selector')
  if (names.length > 0 || !(flags.is('all') || selector !== undefined)) return found
  const { items } = yield* context.api((api) => api.list(resource, resource.namespaced ? namespace : undefined))
  return items.filter((object) => selector === undefined || matchesLabels(object.metadata.labels ?? {}, selector)).map((object) => ({ resource, object }))
}
