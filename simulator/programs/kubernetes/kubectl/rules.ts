/** The rules of a role: verbs on resources, one rule for each API group (pkg/cmd/create/create_role.go). */
import { groupOf, resourceNamed } from '../../../kubernetes/api/kinds'
import { type Context, Refused } from './command'

/** A rule in the order of Go's fields. */
export interface Rule {
  readonly verbs: string[]
  readonly apiGroups: string[]
  readonly resources: string[]
  readonly resourceNames?: string[]
  readonly [key: string]: string[] | undefined
}

export function rulesOf({ flags }: Context): Rule[] {
  const split = (name: string): string[] => [...new Set(flags.all(name).flatMap((text) => text.split(',')))].filter((text) => text !== '')
  const verbs = split('verb').includes('*') ? ['*'] : split('verb')
  if (verbs.length === 0) throw new Refused('error: at least one verb must be specified')
  const names = split('resource-name')
  const groups = new Map<string, string[]>()
  for (const text of split('resource')) {
    const [type = '', ...sub] = text.split('/')
    if (type === '') throw new Refused('error: resource must be specified if apiGroup/subresource specified')
    if (type === '*' && sub.length === 0) {
      groups.set('*', ['*'])
      continue
    }
    const resource = resourceNamed(type)
    if (!resource) throw new Refused(`error: the server doesn't have a resource type "${type.split('.')[0]}"`)
    const plural = [resource.plural, ...sub].join('/')
    const known = groups.get(groupOf(resource))
    if (known) known.push(plural)
    else groups.set(groupOf(resource), [plural])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, resources]) => ({ verbs, apiGroups: [group], resources, ...(names.length > 0 ? { resourceNames: names } : {}) }))
}
