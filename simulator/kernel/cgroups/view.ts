/** Control groups as /proc shows them: paths from the root of the reader's cgroup namespace (cgroup_namespaces(7)). */
import type { Kernel } from '../kernel'
import type { Task } from '../task'
import { cgroupsOf } from './cgroups'

/** `/a/b` as seen from `/a` is `/b`; what lies outside is climbed to: `/../x`. */
export function relativePath(path: string, root: string): string {
  if (root === '/' || path === root) return path === root ? '/' : path
  if (path.startsWith(`${root}/`)) return path.slice(root.length)
  const from = root.split('/').slice(1)
  const to = path === '/' ? [] : path.split('/').slice(1)
  let same = 0
  while (same < to.length && from[same] === to[same]) same++
  return `/${[...from.slice(same).map(() => '..'), ...to.slice(same)].join('/')}`
}

/** A task's group in the hierarchy of a controller. */
export function groupPath(task: Task, controller: string, viewer: Task): string | undefined {
  const cgroups = cgroupsOf(task.kernel)
  const hierarchy = cgroups?.of(controller)
  if (!cgroups || !hierarchy) return undefined
  return relativePath(cgroups.groupOf(task, hierarchy).path, viewer.ns.cgroup.roots.get(hierarchy.name) ?? '/')
}

/** /proc/PID/cgroup: `8:pids:/kubepods`, the highest number first, `0::/` last. In version 1 a task that has ended is in no group (proc_cgroup_show). */
export function cgroupLines(task: Task, viewer: Task): string {
  const cgroups = cgroupsOf(task.kernel)
  if (!cgroups) return '0::/\n'
  return [...cgroups.hierarchies]
    .sort((a, b) => b.id - a.id)
    .map((h) => `${h.id}:${h.name}:${relativePath(task.isZombie && h.version === 1 ? '/' : cgroups.groupOf(task, h).path, viewer.ns.cgroup.roots.get(h.name) ?? '/')}\n`)
    .join('')
}

const ALL_CONTROLLERS = ['cpuset', 'cpu', 'cpuacct', 'blkio', 'memory', 'devices', 'freezer', 'net_cls', 'perf_event', 'net_prio', 'hugetlb', 'pids']

/** /proc/cgroups. */
export function controllerTable(kernel: Kernel): string {
  const cgroups = cgroupsOf(kernel)
  const rows = ALL_CONTROLLERS.map((name) => {
    const hierarchy = cgroups?.of(name === 'blkio' && cgroups.hierarchies.length === 1 ? 'io' : name)
    const groups = hierarchy ? [...hierarchy.root.below()].length + hierarchy.dying : 1
    return `${name}\t${hierarchy?.id ?? 0}\t${groups}\t1\n`
  })
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${rows.join('')}`
}
