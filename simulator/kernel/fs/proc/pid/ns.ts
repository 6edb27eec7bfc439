import { type FolderEntry, link } from '../entry'
import { NAMESPACE_LINKS, namespaceOf, nsfs } from '../../nsfs'
import type { Task } from '../../../task'

const LINKS = new Map<string, ReturnType<typeof link>>(
  NAMESPACE_LINKS.map((name) => [
    name,
    link(
      (task) => `${name.replace('_for_children', '')}:[${namespaceOf(task, name).inum}]`,
      (task) => nsfs(task.kernel).locationOf(namespaceOf(task, name)),
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
