/** /proc/PID/net: the network as that process's namespace has it (kernel/net/proc.ts writes the files). */
import { NET_FILES } from '../../../net/proc'
import { deviceSnmp6 } from '../../../net/proc-counters'
import type { Task } from '../../../task'
import { type Entry, type FolderEntry, file, folder } from '../entry'
import { living } from '../task'

/** A file for each device: its counters of IPv6. */
const DEVICES = new Map<string, Entry<Task>>()

function counters(name: string): Entry<Task> {
  let found = DEVICES.get(name)
  if (!found) {
    found = file(({ ns }) => deviceSnmp6([...ns.net.devices.values()].find((d) => d.name === name)?.ifindex ?? 0))
    DEVICES.set(name, found)
  }
  return found
}

const namesOf = (task: Task): string[] => [...task.ns.net.devices.values()].map((d) => d.name)

const devSnmp6: FolderEntry<Task> = {
  kind: 'folder',
  mode: 0o555,
  names: namesOf,
  lookup: (name, task) => (namesOf(task).includes(name) ? counters(name) : undefined),
}

const files = Object.entries(NET_FILES).map(([name, render]): [string, Entry<Task>] => [name, file((task) => render(task.ns.net))])

const entries = folder(Object.fromEntries([...files, ['dev_snmp6', devSnmp6] as const].sort(([a], [b]) => (a < b ? -1 : 1))))

const entry: FolderEntry<Task> = {
  ...entries,
  names: (task, look) => entries.names(living(task, 'EINVAL'), look),
  lookup: (name, task, look) => (task.isZombie ? undefined : entries.lookup(name, task, look)),
}

export default entry
