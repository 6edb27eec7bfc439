import { type FolderEntry, link } from '../entry'
import { NAMESPACE_LINKS, type NamespaceLink, namespaceOf, nsfs } from '../../nsfs'
import type { Namespace } from '../../../namespaces/namespace'
import type { Task } from '../../../task'
import { living } from '../task'

/** A zombie is still numbered and still has its credentials; the other namespaces it has left. */
const shownOf = (task: Task, name: NamespaceLink): Namespace => namespaceOf(name === 'pid' || name === 'user' ? task : living(task, 'ENOENT'), name)

const LINKS = new Map<string, ReturnType<typeof link>>(
  NAMESPACE_LINKS.map((name) => [
    name,
    link(
      (task) => `${name.replace('_for_children', '')}:[${shownOf(task, name).inum}]`,
      (task) => nsfs(task.kernel).locationOf(shownOf(task, name)),
    ),
  ]),
)

/** namespaces(7): what a link here leads to can be entered (setns) and kept (open, bind mount). */
const entry: FolderEntry<Task> = {
  kind: 'folder',
  mode: 0o511,
  names: () => LINKS.keys(),
  lookup: (name) => LINKS.get(name),
}

export default entry
