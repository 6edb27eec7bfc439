/** The files of a control group, by name: version 1's come with the hierarchy's controllers, version 2's with what the group above hands down. */
import type { GroupFile, Table } from './file'
import { CONTROLLERS, EVERY, ROOT } from './files-v1'
import { allFiles, present } from './files-v2'
import type { Group } from './group'

export type { GroupFile } from './file'

type Names = ReadonlyMap<string, GroupFile>
const TABLES = new WeakMap<Group['hierarchy'], { readonly root: Names; readonly other: Names }>()

function known(group: Group): Names {
  const { hierarchy } = group
  let found = TABLES.get(hierarchy)
  if (!found) {
    const own: Table = hierarchy.version === 2 ? allFiles(hierarchy.controllers) : Object.assign({}, EVERY, ...hierarchy.controllers.map((c) => CONTROLLERS[c] ?? {}))
    const root = Object.entries(own).filter(([, f]) => f.onRoot)
    found = { root: new Map([...root, ...(hierarchy.version === 1 ? Object.entries(ROOT) : [])]), other: new Map(Object.entries(own)) }
    TABLES.set(hierarchy, found)
  }
  return group.parent ? found.other : found.root
}

const isPresent = (group: Group, file: GroupFile): boolean => group.hierarchy.version === 1 || present(group, file)

export function fileOf(group: Group, name: string): GroupFile | undefined {
  const file = known(group).get(name)
  return file && isPresent(group, file) ? file : undefined
}

export const fileNames = (group: Group): string[] => [...known(group)].filter(([, file]) => isPresent(group, file)).map(([name]) => name)
