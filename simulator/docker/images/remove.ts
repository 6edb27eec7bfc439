/** Taking names and images away (daemon/images/image_delete.go). */
import type { Run } from '../../kernel/run'
import { conflict } from '../error'
import type { Events } from '../events'
import type { Stored } from '../types'
import { isIdOf, needImage, shortId } from './lookup'
import { familiarTag, partsOf } from './reference'
import type { Image, ImageStore } from './store'

export interface Removed {
  readonly Untagged?: string
  readonly Deleted?: string
}

interface Removal {
  readonly store: ImageStore
  readonly events: Events
  readonly containers: readonly Stored[]
}

export function* removeImage({ store, events, containers }: Removal, name: string, force: 'force' | 'gently'): Run<Removed[]> {
  const image = needImage(store, name)
  const { id } = image
  const records: Removed[] = []
  const all = (): string[] => [...store.namesOf(id, 'tags'), ...store.namesOf(id, 'digests')]
  const untag = function* (known: string): Run {
    yield* store.untag(known)
    records.push({ Untagged: known })
    events.log('image', 'untag', id, { name: id })
  }
  const users = containers.filter(({ Image }) => Image === id)
  if (!isIdOf(id, name)) {
    const [user] = users
    if (force === 'gently' && user && isSingle(all())) {
      throw conflict(`conflict: unable to remove repository reference "${name}" (must force) - container ${shortId(user.ID)} is using its referenced image ${shortId(id)}`)
    }
    const known = familiarTag(name)
    yield* untag(known)
    const { repository } = partsOf(known)
    const left = all().filter((other) => partsOf(other).repository === repository)
    // Digests alone are no names that anybody gave.
    if (left.every((other) => other.includes('@'))) for (const other of left) yield* untag(other)
    if (all().length > 0) return records
  } else if (isSingle(all())) {
    checkUse(image, users, force, 'without names')
    for (const known of all()) yield* untag(known)
  }
  checkUse(image, users, force, all().length > 1 ? 'in several repositories' : 'without names')
  for (const known of all()) yield* untag(known)
  const layers = store.remove(id)
  events.log('image', 'delete', id, { name: id })
  return [...records, { Deleted: id }, ...layers.map((Deleted) => ({ Deleted }))]
}

/** At most one tag, and all names in one repository. */
function isSingle(names: readonly string[]): boolean {
  const repositories = new Set(names.map((name) => partsOf(name).repository))
  return repositories.size <= 1 && names.filter((name) => !name.includes('@')).length <= 1
}

function checkUse({ id }: Image, users: readonly Stored[], force: 'force' | 'gently', names: 'without names' | 'in several repositories'): void {
  const running = users.find(({ State }) => State.Running)
  const words = `conflict: unable to delete ${shortId(id)}`
  if (running) throw conflict(`${words} (cannot be forced) - image is being used by running container ${shortId(running.ID)}`)
  if (force === 'force') return
  if (names === 'in several repositories') throw conflict(`${words} (must be forced) - image is referenced in multiple repositories`)
  const [stopped] = users
  if (stopped) throw conflict(`${words} (must be forced) - image is being used by stopped container ${shortId(stopped.ID)}`)
}
